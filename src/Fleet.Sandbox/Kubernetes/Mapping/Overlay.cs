using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>
/// Lays what clients wrote over what the world models, and takes it off again: the world wins for scalars, objects join member by member, and a list that a client wrote
/// (containers, volumes) stands as a whole unless the world owns the path (taints, conditions).
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
                case (null, not null) or (JsonArray, JsonArray):
                    modelled[name] = value!.DeepClone();
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

            var left = (value, modelled[name]) switch
            {
                (JsonObject inner, JsonObject known) => Rest(inner, known, owned, path + "."),
                (JsonObject inner, null) => Rest(inner, [], owned, path + "."),
                (JsonArray list, JsonArray known) => JsonNode.DeepEquals(list, known) ? null : list.DeepClone(),
                (_, null) => value.DeepClone(),
                _ => null,
            };
            if (left is not null || (value is JsonObject { Count: 0 } && modelled[name] is null))
            {
                (rest ??= [])[name] = left ?? new JsonObject();
            }
        }

        return rest;
    }
}
