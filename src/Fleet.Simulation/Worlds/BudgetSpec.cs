namespace Fleet.Simulation.Worlds;

/// <summary>A disruption budget of a world.</summary>
public sealed record BudgetSpec
{
    /// <summary>Namespace. Default: default.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The workload that it protects: its selector is <c>app: WORKLOAD</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>minAvailable, number or percentage.</summary>
    public string? MinAvailable { get; init; }

    /// <summary>maxUnavailable, number or percentage.</summary>
    public string? MaxUnavailable { get; init; }

    /// <summary>unhealthyPodEvictionPolicy; null is IfHealthyBudget.</summary>
    public string? UnhealthyPodEvictionPolicy { get; init; }
}
