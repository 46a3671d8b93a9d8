using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A pod on a node to be drained.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Verdict">Its class.</param>
/// <param name="Budgets">Budgets that select it.</param>
/// <param name="Granted">Whether a budget's status lists it as granted by the server although its deletion is not yet seen.</param>
/// <param name="NeedsBudget">Whether its eviction uses up a disruption of its one budget.</param>
/// <param name="NeedsOwner">Whether its eviction counts against the limit of an owner without budget.</param>
public sealed record PodDrain(Pod Pod, DrainVerdict Verdict, ImmutableArray<Budget> Budgets, bool Granted, bool NeedsBudget, bool NeedsOwner)
{
    /// <summary>Whether it still has to be evicted.</summary>
    public bool Pending => Verdict.Disposition == DrainDisposition.Evict && !Granted;
}
