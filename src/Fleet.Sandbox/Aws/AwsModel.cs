using System.Text.Json;

namespace Fleet.Sandbox.Aws;

/// <summary>A service model of a query protocol: what its operations take and answer, and under which names on the wire.</summary>
internal sealed class AwsModel
{
    private readonly JsonElement _root;

    private AwsModel(JsonElement root)
    {
        _root = root;
        var metadata = root.GetProperty("metadata");
        Ec2 = metadata.GetProperty("protocol").GetString() == "ec2";
        Version = metadata.GetProperty("apiVersion").GetString()!;
        Namespace = metadata.GetProperty("xmlNamespace").GetString()!;
    }

    /// <summary>Whether this is EC2's form of the protocol: flat lists, names with an upper first letter, no wrapper around answers.</summary>
    public bool Ec2 { get; }

    /// <summary>API version, by which requests name the service.</summary>
    public string Version { get; }

    /// <summary>Namespace of its answers.</summary>
    public string Namespace { get; }

    /// <summary>Reads an embedded model.</summary>
    public static AwsModel Load(string service)
    {
        using var stream = typeof(AwsModel).Assembly.GetManifestResourceStream($"{service}.json") ?? throw new InvalidOperationException($"the model {service} is not embedded");
        return new AwsModel(JsonDocument.Parse(stream).RootElement);
    }

    /// <summary>Name of an operation's input shape; null when it takes nothing.</summary>
    public string? InputOf(string operation) => ShapeOf(operation, "input")?.GetProperty("shape").GetString();

    /// <summary>Name of an operation's output shape; null when it answers nothing.</summary>
    public string? OutputOf(string operation) => ShapeOf(operation, "output")?.GetProperty("shape").GetString();

    /// <summary>The element around an operation's answer; null when there is none.</summary>
    public string? WrapperOf(string operation) =>
        ShapeOf(operation, "output") is { } output && output.TryGetProperty("resultWrapper", out var wrapper) ? wrapper.GetString() : null;

    /// <summary>A shape.</summary>
    public JsonElement Shape(string name) => _root.GetProperty("shapes").GetProperty(name);

    /// <summary>Kind of a shape: structure, list, string, integer …</summary>
    public string TypeOf(string shape) => Shape(shape).GetProperty("type").GetString()!;

    /// <summary>A member's name in a request.</summary>
    public string RequestName(string member, JsonElement described)
    {
        if (!Ec2)
        {
            return described.TryGetProperty("locationName", out var plain) ? plain.GetString()! : member;
        }

        if (described.TryGetProperty("queryName", out var query))
        {
            return query.GetString()!;
        }

        var name = described.TryGetProperty("locationName", out var location) ? location.GetString()! : member;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private JsonElement? ShapeOf(string operation, string side) =>
        _root.GetProperty("operations").TryGetProperty(operation, out var found) && found.TryGetProperty(side, out var shape) ? shape : null;
}
