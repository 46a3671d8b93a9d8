using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Schemas;

/// <summary>The schema of one value; references are followed.</summary>
internal readonly struct Schema
{
    private readonly JsonObject _json;

    public Schema(JsonObject json)
    {
        var reference = json.Text("$ref");
        Name = reference?[(reference.LastIndexOf('/') + 1)..];
        _json = Name is null ? json : ApiModel.Definitions.Object(Name) ?? json;
        // Strategy and merge key stand beside the reference, not in what it names.
        MergeKey = json.Text("x-kubernetes-patch-merge-key");
        Merges = json.Text("x-kubernetes-patch-strategy")?.Split(',').Contains("merge") ?? false;
        RetainsKeys = json.Text("x-kubernetes-patch-strategy")?.Split(',').Contains("retainKeys") ?? false;
    }

    /// <summary>Name of the definition, where it is one.</summary>
    public string? Name { get; }

    /// <summary>Strategic merge: the key by which elements of the list are matched; null for lists of plain values.</summary>
    public string? MergeKey { get; }

    /// <summary>Strategic merge: whether the list is joined instead of replaced.</summary>
    public bool Merges { get; }

    /// <summary>Strategic merge: whether members that the patch does not name go (discriminated unions).</summary>
    public bool RetainsKeys { get; }

    public string? Type => _json.Text("type");

    public string? Format => _json.Text("format");

    /// <summary>Times with exactly six fraction digits.</summary>
    public bool IsMicroTime => _json.Text("x-go-type") == "MicroTime";

    public bool IsQuantity => Name == "resource.Quantity";

    public bool IsIntOrString => Format == "int-or-string";

    public IEnumerable<string> Required => _json.Texts("required");

    public IEnumerable<string> Allowed => _json.Texts("enum");

    /// <summary>Keys of a list of type map, for server-side apply; empty for other lists.</summary>
    public IReadOnlyList<string> MapKeys => _json.Text("x-kubernetes-list-type") == "map" ? _json.Texts("x-kubernetes-list-map-keys") : [];

    /// <summary>Whether the list is a set of plain values.</summary>
    public bool IsSet => _json.Text("x-kubernetes-list-type") == "set";

    /// <summary>Whether the value is replaced as a whole.</summary>
    public bool IsAtomic => _json.Text("x-kubernetes-map-type") == "atomic" || (Type == "array" && !IsSet && MapKeys.Count == 0);

    /// <summary>Whether members are listed at all: a map or a free form has none.</summary>
    public bool HasProperties => _json.ContainsKey("properties");

    /// <summary>Schema of a map's values, or of a list's elements.</summary>
    public Schema? Element => (_json["items"] ?? _json["additionalProperties"]) is JsonObject element ? new Schema(element) : null;

    public Schema? Property(string name) => _json.Object("properties").Object(name) is { } property ? new Schema(property) : null;

    /// <summary>Whether a member exists of which the description says no more.</summary>
    public bool Cut(string name) => _json.Texts("x-pruned").Contains(name);
}
