using System.Text.Json.Nodes;

namespace Fleet.Simulation.Cloud;

/// <summary>An immutable version of a launch template.</summary>
public sealed record LaunchTemplateVersion
{
    /// <summary>Number, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The whole launch template data under the API's member names (<c>ImageId</c>, <c>BlockDeviceMappings</c> …). Treated as immutable.</summary>
    public required JsonObject Data { get; init; }

    /// <summary>VersionDescription; null when not given.</summary>
    public string? Description { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>ImageId as written: an id or <c>resolve:ssm:NAME</c>; null when the version has none.</summary>
    public string? ImageId => Data[nameof(ImageId)]?.GetValue<string>();

    /// <summary>InstanceType; null when the version has none.</summary>
    public string? InstanceType => Data[nameof(InstanceType)]?.GetValue<string>();

    /// <summary>The tags that the version gives to new resources of a type (<c>instance</c>, <c>volume</c>).</summary>
    public IEnumerable<KeyValuePair<string, string>> TagsFor(string resourceType) =>
        from specification in Data["TagSpecifications"] as JsonArray ?? []
        where specification?["ResourceType"]?.GetValue<string>() == resourceType
        from tag in specification["Tags"] as JsonArray ?? []
        select KeyValuePair.Create(tag!["Key"]!.GetValue<string>(), tag["Value"]?.GetValue<string>() ?? "");
}
