using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Serving;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>Reads bodies.</summary>
internal static class RequestBody
{
    /// <exception cref="Fleet.Simulation.Cluster.Api.StatusException">400: no JSON.</exception>
    public static async Task<JsonNode?> ReadAsync(ApiRequest request)
    {
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
