using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Protobuf;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Api;
using Microsoft.AspNetCore.Http;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>Reads bodies.</summary>
internal static class RequestBody
{
    /// <exception cref="StatusException">400: no JSON; 415: protobuf of a kind or with a field that the sandbox does not read.</exception>
    public static Task<JsonNode?> ReadAsync(ApiRequest request) => ReadAsync(request.Http, request.Kind.Kind);

    /// <summary>Reads a body that is to be of a kind.</summary>
    /// <exception cref="StatusException">400: no JSON; 415: protobuf of a kind or with a field that the sandbox does not read.</exception>
    public static async Task<JsonNode?> ReadAsync(HttpContext http, string kind)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return null;
        }

        if (http.Request.ContentType is { } type && type.StartsWith("application/vnd.kubernetes.protobuf", StringComparison.OrdinalIgnoreCase))
        {
            return ReadProtobuf(body.GetBuffer().AsMemory(0, (int)body.Length));
        }

        try
        {
            return JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException broken)
        {
            throw Refusals.BadRequest($"the object provided is unrecognized (must be of type {kind}): {broken.Message}");
        }
    }

    private static JsonObject ReadProtobuf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return ProtoDocument.Read(body);
        }
        catch (FormatException unread)
        {
            throw new StatusException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json ({unread.Message})");
        }
    }

    /// <summary>Reads a body that must be an object.</summary>
    public static async Task<JsonObject> ReadObjectAsync(ApiRequest request) =>
        await ReadAsync(request).ConfigureAwait(false) as JsonObject ?? throw Refusals.BadRequest($"the object provided is unrecognized (must be of type {request.Kind.Kind}): an object is wanted");
}
