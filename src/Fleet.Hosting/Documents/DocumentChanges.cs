using System.Text.Json.Nodes;

namespace Fleet.Hosting.Documents;

/// <summary>Compares documents field by field; the order of fields does not count, that of list items does.</summary>
public static class DocumentChanges
{
    /// <summary>What differs, in the order of the first document, then what the second adds.</summary>
    public static IReadOnlyList<DocumentChange> Between(JsonNode? before, JsonNode? after)
    {
        var changes = new List<DocumentChange>();
        Compare("", before, after, changes);
        return changes;
    }

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<DocumentChange> changes)
    {
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (var name in left.Select(field => field.Key).Union(right.Select(field => field.Key)))
            {
                Compare(path.Length == 0 ? name : $"{path}.{name}", left[name], right[name], changes);
            }
        }
        else if (!JsonNode.DeepEquals(before, after))
        {
            changes.Add(new(path, before?.ToJsonString(), after?.ToJsonString()));
        }
    }
}
