using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>
/// Lays what clients wrote over what the world renders, and takes it off again: objects join member by member; a value or list of a client's that the world renders otherwise
/// (a default, containers, volumes) stands as the client wrote it, unless the world owns the path (taints, conditions).
/// </summary>
internal static class Overlay
{
    public static JsonObject Merge(JsonObject modelled, JsonObject? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            switch (modelled[name], value)
            {
                case (JsonObject inner, JsonObject more):
                    Merge(inner, more);
                    break;
                case (_, not null):
                    modelled[name] = value.DeepClone();
                    break;
            }
        }

        return modelled;
    }

    /// <summary>What of a document the world does not model; null when nothing is left.</summary>
    /// <param name="document">The whole document.</param>
    /// <param name="modelled">What the world renders for it.</param>
    /// <param name="owned">Dotted paths that belong to the world alone, whatever the document says there.</param>
    public static JsonObject? Rest(JsonObject document, JsonObject modelled, IReadOnlySet<string> owned) => Rest(document, modelled, owned, "");

    private static JsonObject? Rest(JsonObject document, JsonObject modelled, IReadOnlySet<string> owned, string prefix)
    {
        JsonObject? rest = null;
        foreach (var (name, value) in document)
        {
            var path = prefix + name;
            if (value is null || owned.Contains(path))
            {
                continue;
            }

            JsonNode? left = (value, modelled[name]) switch
            {
                (JsonObject inner, var known) => Rest(inner, known as JsonObject ?? [], owned, path + "."),
                (_, var known) => JsonNode.DeepEquals(value, known) ? null : value.DeepClone(),
            };
            if (left is not null || (value is JsonObject { Count: 0 } && modelled[name] is null))
            {
                (rest ??= [])[name] = left ?? new JsonObject();
            }
        }

        return rest;
    }
}
