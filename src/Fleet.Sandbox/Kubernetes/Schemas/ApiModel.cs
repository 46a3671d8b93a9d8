using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Schemas;

/// <summary>The API server's own description of its kinds (OpenAPI v2), embedded.</summary>
internal static class ApiModel
{
    private static readonly Lazy<JsonObject> Document = new(Load);
    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(ByKind);

    /// <summary>The whole document.</summary>
    public static JsonObject Whole => Document.Value;

    /// <summary>All definitions by name.</summary>
    public static JsonObject Definitions => Whole.Object("definitions")!;

    /// <summary>The schema of a kind; null when the description lacks it.</summary>
    public static Schema? Of(string apiVersion, string kind) => Names.Value.TryGetValue($"{apiVersion}/{kind}", out var name) ? new Schema(Definitions.Object(name)!) : null;

    private static JsonObject Load()
    {
        using var stream = typeof(ApiModel).Assembly.GetManifestResourceStream("kubernetes.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static FrozenDictionary<string, string> ByKind()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, definition) in Definitions)
        {
            foreach (var kind in definition!.AsObject().Objects("x-kubernetes-group-version-kind"))
            {
                var group = kind.Text("group");
                names.TryAdd(string.IsNullOrEmpty(group) ? $"{kind.Text("version")}/{kind.Text("kind")}" : $"{group}/{kind.Text("version")}/{kind.Text("kind")}", name);
            }
        }

        return names.ToFrozenDictionary();
    }
}
