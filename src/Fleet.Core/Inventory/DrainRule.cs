namespace Fleet.Core.Inventory;

/// <summary>A rule of a pool: pods that match get the class. The first matching rule counts; without one a pod is <see cref="DrainClass.Normal"/>.</summary>
public sealed record DrainRule
{
    /// <summary>The class.</summary>
    public required DrainClass Class { get; init; }

    /// <summary>Namespace of the pods; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Labels that the pods must have.</summary>
    public required IReadOnlyDictionary<string, string> MatchLabels { get; init; }
}
