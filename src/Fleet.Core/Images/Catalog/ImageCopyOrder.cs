namespace Fleet.Core.Images.Catalog;

/// <summary>A copy of an image that is to be made.</summary>
public sealed record ImageCopyOrder
{
    /// <summary>Region of the image.</summary>
    public required string SourceRegion { get; init; }

    /// <summary>The image.</summary>
    public required string SourceImage { get; init; }

    /// <summary>Name of the copy.</summary>
    public required string Name { get; init; }

    /// <summary>What makes the order unique: the same token with the same order gives the same copy. At most 64 characters.</summary>
    public required string Token { get; init; }

    /// <summary>KMS key of the region that the copy is encrypted with; null leaves that to the account's settings.</summary>
    public string? KmsKey { get; init; }

    /// <summary>Tags on the copy and its snapshots.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
