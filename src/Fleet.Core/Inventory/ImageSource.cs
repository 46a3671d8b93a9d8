namespace Fleet.Core.Inventory;

/// <summary>Where a pool's machine image comes from: exactly one of an id, an owner with a name filter (newest wins), an SSM parameter, or a recipe.</summary>
public sealed record ImageSource
{
    /// <summary>An image id, <c>ami-…</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Account id or alias (<c>self</c>, <c>amazon</c>) that owns the image; goes with <see cref="Name"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>Name filter with <c>*</c> and <c>?</c> as EC2's DescribeImages has them; the newest available image wins.</summary>
    public string? Name { get; init; }

    /// <summary>Name of an SSM parameter that holds an image id.</summary>
    public string? Parameter { get; init; }

    /// <summary>Name of a recipe: its newest image of <see cref="Channel"/> that is in the cluster's region.</summary>
    public string? Recipe { get; init; }

    /// <summary>Which of the recipe's images count. Default the stable ones.</summary>
    public ImageChannel Channel { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id ?? (Recipe is not null ? $"newest {Channel.ToString().ToLowerInvariant()} of recipe {Recipe}" : Parameter is null ? $"newest of {Owner} named {Name}" : $"parameter {Parameter}");
}
