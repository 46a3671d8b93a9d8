using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>Answers in JSON.</summary>
internal static class Json
{
    public static async Task WriteAsync(HttpContext http, int status, JsonNode document, string type = "application/json")
    {
        var body = Encoding.UTF8.GetBytes(document.ToJsonString());
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }

    public static Task WriteListAsync(HttpContext http, IEnumerable<JsonNode> items) =>
        WriteAsync(http, 200, new JsonObject { ["items"] = new JsonArray([.. items]) });
}
