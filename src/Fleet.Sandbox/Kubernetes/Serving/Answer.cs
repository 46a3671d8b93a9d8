using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Kinds;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Serving;

/// <summary>Writes whole answers.</summary>
internal static class Answer
{
    public static Task WriteAsync(HttpContext http, int status, JsonNode document) => WriteAsync(http, status, ObjectBytes.Write(document));

    public static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    public static async Task WriteTextAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(text, http.RequestAborted).ConfigureAwait(false);
    }

    public static Task RefuseAsync(HttpContext http, JsonObject status)
    {
        if (status["details"]?["retryAfterSeconds"] is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToJsonString();
        }

        return WriteAsync(http, status["code"]!.GetValue<int>(), status);
    }
}
