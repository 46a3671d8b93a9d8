namespace Fleet.Core.Inventory.Pools;

/// <summary>What new versions of a pool's launch templates say, besides the image. What is not declared is inherited from the version before.</summary>
public sealed record TemplateSpec
{
    /// <summary>Which user data is rendered with the pool's values; null: inherited.</summary>
    public UserDataTemplate? UserData { get; init; }

    /// <summary>
    /// How many hops an answer of the instance metadata service goes, 1 to 64; at 1 it reaches the host and no pod that has an address of its own. Default 1.
    /// Where this record is, the service always asks for tokens, IMDSv2 (Amazon EC2, "Configure the Instance Metadata Service options").
    /// </summary>
    public int MetadataHopLimit { get; init; } = 1;

    /// <summary>The root volume; null: inherited.</summary>
    public RootVolumeSpec? RootVolume { get; init; }

    /// <summary>Name or ARN of the instance profile; null: inherited.</summary>
    public string? InstanceProfile { get; init; }

    /// <summary>Tags of new instances and their volumes, beside those that are inherited; at most 40, which leaves ten of the fifty of a resource to others. Default none.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
