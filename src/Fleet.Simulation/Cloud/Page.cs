namespace Fleet.Simulation.Cloud;

/// <summary>One page of a describe call.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextToken">What fetches the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
