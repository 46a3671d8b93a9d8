using System.Collections.Immutable;

namespace Fleet.Simulation.Records;

/// <summary>A rotation in figures: all of them come from what the world did, none from what Fleet says of itself.</summary>
public sealed record RotationFigures
{
    /// <summary>The pool's nodes.</summary>
    public required NodeFigures Nodes { get; init; }

    /// <summary>Pods.</summary>
    public required PodFigures Pods { get; init; }

    /// <summary>Budgets.</summary>
    public required BudgetFigures Budgets { get; init; }

    /// <summary>Owners without a budget of which more than max(1, 25 % of their ready pods) were disrupted at a time.</summary>
    public required int OwnersBelowImplicitBudget { get; init; }

    /// <summary>Terminations that began while evictable pods still ran on the node.</summary>
    public required int UndrainedTerminations { get; init; }

    /// <summary>The groups' settings.</summary>
    public required GroupFigures Group { get; init; }

    /// <summary>Budgets that made Fleet wait, longest first.</summary>
    public required ImmutableArray<WaitFigure> Waits { get; init; }

    /// <summary>How long it took.</summary>
    public required MakespanFigures Makespan { get; init; }

    /// <summary>Calls.</summary>
    public required CallFigures Calls { get; init; }
}
