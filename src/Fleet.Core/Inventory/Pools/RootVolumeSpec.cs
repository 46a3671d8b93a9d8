namespace Fleet.Core.Inventory.Pools;

/// <summary>The root volume of new instances; its device is the image's root device. What is null is inherited.</summary>
public sealed record RootVolumeSpec
{
    /// <summary>Whether it is encrypted. Default true.</summary>
    public bool Encrypted { get; init; } = true;

    /// <summary>KMS key: id, alias or ARN; null: inherited, else the account's default key for EBS.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Size in GiB, 1 to 65536; not below the image's own.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>Type, <c>gp3</c> or <c>gp2</c>. Those that need a number of operations are declared in the launch template itself and inherited.</summary>
    public string? Type { get; init; }
}
