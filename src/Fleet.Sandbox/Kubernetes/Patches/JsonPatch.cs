using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Patches;

/// <summary>JSON Patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <exception cref="Fleet.Simulation.Cluster.Api.StatusException">422: an operation cannot be applied, or a test fails; nothing is then changed.</exception>
    public static JsonObject Apply(JsonObject document, JsonArray operations)
    {
        JsonNode? root = document.DeepClone();
        foreach (var operation in operations.OfType<JsonObject>())
        {
            var path = Pointer(operation.Text("path") ?? throw Refuse("an operation lacks its path"));
            switch (operation.Text("op"))
            {
                case "add":
                    Add(ref root, path, operation["value"]?.DeepClone());
                    break;
                case "remove":
                    Remove(root, path);
                    break;
                case "replace":
                    Get(root, path);
                    Remove(root, path);
                    Add(ref root, path, operation["value"]?.DeepClone());
                    break;
                case "move":
                    var from = Pointer(operation.Text("from") ?? "");
                    var moved = Get(root, from)?.DeepClone();
                    Remove(root, from);
                    Add(ref root, path, moved);
                    break;
                case "copy":
                    Add(ref root, path, Get(root, Pointer(operation.Text("from") ?? ""))?.DeepClone());
                    break;
                case "test" when JsonNode.DeepEquals(Get(root, path), operation["value"]):
                    break;
                case "test":
                    throw Refuse($"testing value {operation.Text("path")} failed");
                default:
                    throw Refuse($"unknown operation {operation.Text("op")}; add, remove, replace, move, copy and test are known");
            }
        }

        return root as JsonObject ?? throw Refuse("the result is no object");
    }

    private static string[] Pointer(string path) =>
        path.Length == 0 ? [] : [.. path.Split('/')[1..].Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode? Get(JsonNode? root, string[] path)
    {
        foreach (var part in path)
        {
            root = root switch
            {
                JsonObject inner when inner.TryGetPropertyValue(part, out var value) => value,
                JsonArray list => list[Index(part, list.Count - 1)],
                _ => throw Refuse($"path /{string.Join('/', path)} does not exist"),
            };
        }

        return root;
    }

    private static void Add(ref JsonNode? root, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            root = value;
            return;
        }

        switch (Get(root, path[..^1]))
        {
            case JsonObject inner:
                inner[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(path[^1], list.Count), value);
                break;
            default:
                throw Refuse($"path /{string.Join('/', path)} does not exist");
        }
    }

    private static void Remove(JsonNode? root, string[] path)
    {
        switch (path.Length == 0 ? null : Get(root, path[..^1]))
        {
            case JsonObject inner when inner.Remove(path[^1]):
                break;
            case JsonArray list:
                list.RemoveAt(Index(path[^1], list.Count - 1));
                break;
            default:
                throw Refuse($"path /{string.Join('/', path)} does not exist: nothing to remove");
        }
    }

    private static int Index(string part, int greatest) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= greatest ? index : throw Refuse($"index {part} is out of bounds");

    private static Simulation.Cluster.Api.StatusException Refuse(string why) => new Simulation.Cluster.Api.StatusException(422, "Invalid", $"the server rejected our request due to an error in our request: {why}");
}
