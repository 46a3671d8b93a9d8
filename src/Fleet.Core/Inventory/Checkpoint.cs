namespace Fleet.Core.Inventory;

/// <summary>A halt inside a run: when the share of replaced nodes is reached no new slot opens until the soak is over.</summary>
/// <param name="AtPercent">Share of the nodes to replace, 1 to 99.</param>
/// <param name="Soak">How long the run waits there.</param>
public sealed record Checkpoint(int AtPercent, TimeSpan Soak);
