using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>A budget with the pods that it selects.</summary>
public sealed class BudgetEntry
{
    internal BudgetEntry(PodDisruptionBudget budget) => Budget = budget;

    /// <summary>The budget as it stands.</summary>
    public PodDisruptionBudget Budget { get; internal set; }

    /// <summary>Pods that it selects, whatever their state.</summary>
    public IReadOnlyCollection<PodEntry> Pods => PodSet;

    internal HashSet<PodEntry> PodSet { get; } = [];
}
