using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Schemas;
using Fleet.Sandbox.Kubernetes.Serving;

namespace Fleet.Sandbox.Kubernetes.Patches;

/// <summary>Strategic merge patch: lists are joined by the merge keys of the kind's schema, with the directives <c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder</c> and <c>$deleteFromPrimitiveList</c> (Update API Objects in Place Using kubectl patch).</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string Retain = "$retainKeys";
    private const string Order = "$setElementOrder/";
    private const string DeletePlain = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject document, JsonObject patch, Schema? schema) => Join((JsonObject)document.DeepClone(), patch, schema);

    private static JsonObject Join(JsonObject target, JsonObject patch, Schema? schema)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                return Clean(patch);
            case "delete":
                return [];
        }

        foreach (var (name, value) in patch.Where(pair => !pair.Key.StartsWith('$')))
        {
            var property = schema?.Property(name) ?? (schema is { HasProperties: false } map ? map.Element : null);
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject inner:
                    target[name] = Join(target[name]?.DeepClone() as JsonObject ?? [], inner, property);
                    break;
                case JsonArray list when MergeKey(property, name) is { } key:
                    target[name] = JoinByKey(target.Array(name), list, key, property?.Element, patch.Array(Order + name));
                    break;
                case JsonArray list when property is { Merges: true }:
                    target[name] = Union(target.Array(name), list);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }

        foreach (var (name, value) in patch.Where(pair => pair.Key.StartsWith(DeletePlain, StringComparison.Ordinal)))
        {
            var (field, gone) = (name[DeletePlain.Length..], value!.AsArray());
            target[field] = new JsonArray([.. (target.Array(field) ?? []).Where(one => !gone.Any(other => JsonNode.DeepEquals(one, other))).Select(one => one?.DeepClone())]);
        }

        if (patch.Array(Retain) is { } retained)
        {
            var names = retained.Select(one => one!.GetValue<string>()).ToHashSet();
            foreach (var name in target.Select(pair => pair.Key).Where(name => !names.Contains(name)).ToArray())
            {
                target.Remove(name);
            }
        }

        return target;
    }

    /// <summary>Where the description is cut short, the one list whose key is known to everybody still joins.</summary>
    private static string? MergeKey(Schema? property, string name) => property is { Merges: true } known ? known.MergeKey : property is null && name == "env" ? "name" : null;

    private static JsonArray JoinByKey(JsonArray? current, JsonArray patch, string key, Schema? element, JsonArray? order)
    {
        if (patch.OfType<JsonObject>().Any(one => one.Text(Directive) == "replace" && one[key] is null))
        {
            return new JsonArray([.. patch.OfType<JsonObject>().Where(one => one.Text(Directive) is null).Select(Clean)]);
        }

        var result = (current ?? []).Select(one => one!.DeepClone().AsObject()).ToList();
        foreach (var change in patch.OfType<JsonObject>())
        {
            var value = change[key] ?? throw Refusals.BadRequest($"map: {change.ToJsonString()} does not contain declared merge key: {key}");
            var at = result.FindIndex(one => JsonNode.DeepEquals(one[key], value));
            if (change.Text(Directive) == "delete")
            {
                result.RemoveAll(one => JsonNode.DeepEquals(one[key], value));
            }
            else if (at < 0)
            {
                result.Add(Clean(change));
            }
            else
            {
                result[at] = Join(result[at], change, element);
            }
        }

        if (order is not null)
        {
            var places = order.OfType<JsonObject>().Select((one, place) => (Key: one[key]?.ToJsonString(), place)).ToDictionary(pair => pair.Key ?? "", pair => pair.place);
            result = [.. result.OrderBy(one => places.GetValueOrDefault(one[key]?.ToJsonString() ?? "", int.MaxValue))];
        }

        return Json.Of(result);
    }

    private static JsonArray Union(JsonArray? current, JsonArray patch)
    {
        var result = (JsonArray)(current ?? []).DeepClone();
        foreach (var one in patch.Where(one => !result.Any(own => JsonNode.DeepEquals(own, one))).ToArray())
        {
            result.Add(one?.DeepClone());
        }

        return result;
    }

    /// <summary>A copy without directives.</summary>
    private static JsonObject Clean(JsonObject patch)
    {
        var result = new JsonObject();
        foreach (var (name, value) in patch.Where(pair => !pair.Key.StartsWith('$') && pair.Value is not null))
        {
            result[name] = value is JsonObject inner ? Clean(inner) : value!.DeepClone();
        }

        return result;
    }
}
