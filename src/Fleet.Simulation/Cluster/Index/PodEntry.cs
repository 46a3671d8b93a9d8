using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>A pod's place in the indexes: one mutable entry shared by all of them, so that a change of the pod costs one assignment.</summary>
public sealed class PodEntry
{
    internal PodEntry(Pod pod) => Pod = pod;

    /// <summary>The pod as it stands.</summary>
    public Pod Pod { get; internal set; }

    /// <summary>Budgets that select it.</summary>
    public IReadOnlyCollection<BudgetEntry> Budgets => BudgetSet;

    /// <summary>Whether it still uses its node: bound and not finished.</summary>
    internal bool Occupies => Pod.NodeName is not null && Pod.Phase is PodPhase.Pending or PodPhase.Running;

    internal HashSet<BudgetEntry> BudgetSet { get; } = [];

    internal NodeSlot? Slot { get; set; }

    internal OwnerEntry? Owner { get; set; }

    internal List<SelectorCount> Counts { get; } = [];

    internal List<SelectorCount> Holds { get; } = [];
}
