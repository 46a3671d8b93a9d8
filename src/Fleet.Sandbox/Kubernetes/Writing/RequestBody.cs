using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>Reads bodies.</summary>
internal static class RequestBody
{
    /// <exception cref="StatusException">400: no JSON; 415: protobuf, which the sandbox does not speak.</exception>
    public static async Task<JsonNode?> ReadAsync(ApiRequest request)
    {
        if (request.Http.Request.ContentType is { } type && type.StartsWith("application/vnd.kubernetes.protobuf", StringComparison.OrdinalIgnoreCase))
        {
            throw new StatusException(415, "UnsupportedMediaType", "the body of the request was in an unknown format - accepted media types include: application/json");
        }

        using var body = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(body, request.Aborted).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException broken)
        {
            throw Refusals.BadRequest($"the object provided is unrecognized (must be of type {request.Kind.Kind}): {broken.Message}");
        }
    }

    /// <summary>Reads a body that must be an object.</summary>
    public static async Task<JsonObject> ReadObjectAsync(ApiRequest request) =>
        await ReadAsync(request).ConfigureAwait(false) as JsonObject ?? throw Refusals.BadRequest($"the object provided is unrecognized (must be of type {request.Kind.Kind}): an object is wanted");
}
