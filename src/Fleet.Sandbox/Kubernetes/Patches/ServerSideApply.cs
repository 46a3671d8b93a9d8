using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Sandbox.Kubernetes.Schemas;
using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Api;

namespace Fleet.Sandbox.Kubernetes.Patches;

/// <summary>
/// Server-Side Apply: the applied document becomes what its manager owns; a field that another manager applied with another value is a conflict unless forced, and what the manager no longer
/// gives is taken away unless somebody else owns it. Managers that write by update or patch are not tracked.
/// </summary>
internal static class ServerSideApply
{
    public static JsonObject Apply(ApiRequest request, JsonObject current, JsonObject applied, Schema? schema, DateTimeOffset now)
    {
        var manager = request.Query("fieldManager") is { Length: > 0 } given ? given : throw Refusals.Invalid("PatchOptions", "", "fieldManager", "Required value: is required for apply patch", "FieldValueRequired");
        if (applied.Object("metadata")?["managedFields"] is not null)
        {
            throw Refusals.BadRequest("metadata.managedFields must be nil");
        }

        var mine = Owned(applied, schema);
        var entries = current.Object("metadata").Objects("managedFields").Select(one => one.DeepClone().AsObject()).ToList();
        var before = entries.Find(one => one.Text("manager") == manager && one.Text("operation") == "Apply");
        var others = entries.Where(one => one != before && one.Text("operation") == "Apply").ToList();
        Settle(request, applied, current, schema, mine, others);

        var result = (JsonObject)current.DeepClone();
        if (before.Object("fieldsV1") is { } old)
        {
            FieldSet.Release(result, old, mine, [.. others.Select(one => one.Object("fieldsV1")).OfType<JsonObject>()], schema);
        }

        Join(result, applied, schema);
        var metadata = result.Object("metadata") ?? [];
        result["metadata"] = metadata;
        var unchanged = before is not null && JsonNode.DeepEquals(before.Object("fieldsV1"), mine);
        metadata["managedFields"] = Json.Of(others.Append(unchanged ? before! : Entry(request, manager, mine, now)));
        return result;
    }

    private static void Settle(ApiRequest request, JsonObject applied, JsonObject current, Schema? schema, JsonObject mine, List<JsonObject> others)
    {
        var conflicts = new List<StatusCause>();
        foreach (var other in others)
        {
            var theirs = other.Object("fieldsV1") ?? [];
            foreach (var field in FieldSet.Clashes(mine, theirs, applied, current, schema).ToList())
            {
                conflicts.Add(new StatusCause("FieldManagerConflict", $"conflict with \"{other.Text("manager")}\"", field));
            }
        }

        if (conflicts.Count == 0)
        {
            return;
        }

        if (!request.Flag("force"))
        {
            var words = conflicts.Count == 1 ? $"{conflicts[0].Message}: {conflicts[0].Field}" : "conflicts:\n" + string.Join('\n', conflicts.Select(one => $"- {one.Message}: {one.Field}"));
            throw new StatusException(409, "Conflict", $"Apply failed with {conflicts.Count} conflict{(conflicts.Count == 1 ? "" : "s")}: {words}") { Causes = [.. conflicts] };
        }

        foreach (var other in others)
        {
            Yield(other.Object("fieldsV1") ?? [], mine);
        }

        others.RemoveAll(other => other.Object("fieldsV1") is null or { Count: 0 });
    }

    /// <summary>A forced apply takes the fields away from their former owners.</summary>
    private static void Yield(JsonObject theirs, JsonObject mine)
    {
        foreach (var (key, part) in theirs.Where(pair => pair.Key != "." && mine.ContainsKey(pair.Key)).ToArray())
        {
            if (part is JsonObject { Count: > 0 } inner && mine[key] is JsonObject own)
            {
                Yield(inner, own);
            }

            if (part is not JsonObject { Count: > 0 })
            {
                theirs.Remove(key);
            }
        }
    }

    private static JsonObject Owned(JsonObject applied, Schema? schema)
    {
        var fields = FieldSet.Of(applied, schema);
        fields.Remove("f:apiVersion");
        fields.Remove("f:kind");
        if (fields.Object("f:metadata") is { } metadata)
        {
            foreach (var own in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            {
                metadata.Remove("f:" + own);
            }

            if (metadata.Count == 0)
            {
                fields.Remove("f:metadata");
            }
        }

        return fields;
    }

    private static JsonObject Entry(ApiRequest request, string manager, JsonObject fields, DateTimeOffset now) => new()
    {
        ["manager"] = manager,
        ["operation"] = "Apply",
        ["apiVersion"] = request.Kind.ApiVersion,
        ["time"] = Json.Time(now),
        ["fieldsType"] = "FieldsV1",
        ["fieldsV1"] = fields,
    };

    private static void Join(JsonObject target, JsonObject applied, Schema? schema)
    {
        foreach (var (name, value) in applied)
        {
            var member = FieldSet.Member(schema, name);
            switch (value)
            {
                case JsonObject inner when target[name] is JsonObject own && member is not { IsAtomic: true }:
                    Join(own, inner, member);
                    break;
                case JsonArray list when target[name] is JsonArray own && member is { MapKeys.Count: > 0 } map:
                    JoinList(own, list, map);
                    break;
                case JsonArray list when target[name] is JsonArray own && member is { IsSet: true }:
                    foreach (var one in list.Where(one => !own.Any(other => JsonNode.DeepEquals(one, other))).ToArray())
                    {
                        own.Add(one?.DeepClone());
                    }

                    break;
                default:
                    target[name] = value?.DeepClone();
                    break;
            }
        }
    }

    private static void JoinList(JsonArray own, JsonArray applied, Schema map)
    {
        foreach (var element in applied.OfType<JsonObject>())
        {
            var key = FieldSet.KeyOf(element, map.MapKeys);
            if (own.OfType<JsonObject>().FirstOrDefault(one => FieldSet.KeyOf(one, map.MapKeys) == key) is { } found)
            {
                Join(found, element, map.Element);
            }
            else
            {
                own.Add(element.DeepClone());
            }
        }
    }
}
