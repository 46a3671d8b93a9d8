using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>The image that a recipe starts from: an id, or the newest of some owners by name.</summary>
public sealed record BaseImage
{
    /// <summary>An image id in the region that builds; null where it is looked up by name.</summary>
    public string? Id { get; init; }

    /// <summary>Account ids or aliases that may own it; each must be on the server's allow-list.</summary>
    public ImmutableArray<string> Owners { get; init; } = [];

    /// <summary>Name filter with <c>*</c> and <c>?</c> as EC2's DescribeImages has them; the newest available image wins.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id ?? $"newest of {string.Join(", ", Owners)} named {Name}";
}
