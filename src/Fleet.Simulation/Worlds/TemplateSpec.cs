using System.Text.Json.Nodes;

namespace Fleet.Simulation.Worlds;

/// <summary>A launch template of a world, with version 1.</summary>
public sealed record TemplateSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Image: an id or <c>resolve:ssm:NAME</c>.</summary>
    public required string ImageId { get; init; }

    /// <summary>Instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Further members of the launch template data under the API's names (<c>UserData</c>, <c>MetadataOptions</c> …); null for none.</summary>
    public JsonObject? Data { get; init; }
}
