using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Schemas;

namespace Fleet.Sandbox.Kubernetes.Patches;

/// <summary>Sets of fields in the form of managedFields' FieldsV1: <c>f:NAME</c> a member, <c>k:{…}</c> an element of a keyed list, <c>v:…</c> an element of a set, an empty object a leaf.</summary>
internal static class FieldSet
{
    /// <summary>The fields that a document gives.</summary>
    public static JsonObject Of(JsonNode? value, Schema? schema)
    {
        var fields = new JsonObject();
        switch (value)
        {
            case JsonObject inner when schema is not { IsAtomic: true }:
                foreach (var (name, member) in inner)
                {
                    fields["f:" + name] = Of(member, Member(schema, name));
                }

                break;
            case JsonArray list when schema is { MapKeys.Count: > 0 } map:
                foreach (var element in list.OfType<JsonObject>())
                {
                    var own = Of(element, map.Element);
                    own["."] = new JsonObject();
                    fields[KeyOf(element, map.MapKeys)] = own;
                }

                break;
            case JsonArray list when schema is { IsSet: true }:
                foreach (var element in list)
                {
                    fields["v:" + element?.ToJsonString()] = new JsonObject();
                }

                break;
        }

        return fields;
    }

    public static Schema? Member(Schema? schema, string name) => schema?.Property(name) ?? (schema is { HasProperties: false } map ? map.Element : null);

    /// <summary>The element of a keyed list as FieldsV1 names it; a port's protocol is TCP unless it says otherwise.</summary>
    public static string KeyOf(JsonObject element, IReadOnlyList<string> keys)
    {
        var key = new JsonObject();
        foreach (var name in keys.Order(StringComparer.Ordinal))
        {
            if ((element[name]?.DeepClone() ?? (name == "protocol" ? "TCP" : null)) is { } value)
            {
                key[name] = value;
            }
        }

        return "k:" + key.ToJsonString();
    }

    /// <summary>The paths that both sets hold and whose values differ between two documents.</summary>
    public static IEnumerable<string> Clashes(JsonObject mine, JsonObject theirs, JsonNode? wanted, JsonNode? live, Schema? schema, string path = "")
    {
        if (mine.Count == 0 || theirs.Count == 0)
        {
            if (!JsonNode.DeepEquals(wanted, live))
            {
                yield return path;
            }

            yield break;
        }

        foreach (var (key, part) in mine)
        {
            if (key == "." || theirs[key] is not JsonObject other)
            {
                continue;
            }

            var (next, child) = Step(key, schema);
            foreach (var clash in Clashes(part!.AsObject(), other, Value(wanted, key, schema), Value(live, key, schema), child, path + next))
            {
                yield return clash;
            }
        }
    }

    /// <summary>Removes from a document what an older set held and neither the newer one nor anybody else holds.</summary>
    public static void Release(JsonNode? live, JsonObject old, JsonObject now, IReadOnlyList<JsonObject> others, Schema? schema)
    {
        foreach (var (key, part) in old.Where(pair => pair.Key != ".").ToArray())
        {
            var (_, child) = Step(key, schema);
            var elsewhere = others.Select(other => other[key] as JsonObject).OfType<JsonObject>().ToList();
            if (now[key] is JsonObject kept)
            {
                Release(Value(live, key, schema), part!.AsObject(), kept, elsewhere, child);
            }
            else if (elsewhere.Count > 0)
            {
                Release(Value(live, key, schema), part!.AsObject(), [], elsewhere, child);
            }
            else if (part!.AsObject().Count == 0 || key.StartsWith("k:", StringComparison.Ordinal))
            {
                Remove(live, key, schema);
            }
            else
            {
                Release(Value(live, key, schema), part.AsObject(), [], [], child);
                if (Value(live, key, schema) is JsonObject { Count: 0 } or JsonArray { Count: 0 })
                {
                    Remove(live, key, schema);
                }
            }
        }
    }

    private static (string Path, Schema? Child) Step(string key, Schema? schema) =>
        key.StartsWith("f:", StringComparison.Ordinal) ? ("." + key[2..], Member(schema, key[2..])) : ($"[{key[2..]}]", schema?.Element);

    private static JsonNode? Value(JsonNode? node, string key, Schema? schema) => (node, key[..2]) switch
    {
        (JsonObject inner, "f:") => inner[key[2..]],
        (JsonArray list, "k:") when schema is { } map => list.OfType<JsonObject>().FirstOrDefault(element => KeyOf(element, map.MapKeys) == key),
        (JsonArray list, "v:") => list.FirstOrDefault(element => element?.ToJsonString() == key[2..]),
        _ => null,
    };

    private static void Remove(JsonNode? node, string key, Schema? schema)
    {
        switch (node)
        {
            case JsonObject inner:
                inner.Remove(key[2..]);
                break;
            case JsonArray list when Value(node, key, schema) is { } element:
                list.Remove(element);
                break;
        }
    }
}
