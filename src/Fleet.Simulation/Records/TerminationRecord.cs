using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Records;

/// <summary>
/// Judges each termination as it begins. Fleet answers for those it asks for, and, once it has begun to change a group, also for those that the group does by itself: it is Fleet's business to protect instances and to
/// suspend rebalancing. Not its doing are replacements of machines that failed, and scale-in that another asked for when protection had been lifted.
/// </summary>
internal sealed class TerminationRecord(RecordScope scope, BudgetRecord budgets, GuardRecord guard)
{
    private int _shrunkByOthers;

    internal int Undrained { get; private set; }

    internal void Observe(GroupChange change)
    {
        if (change is { Before: { } before, After: { } after } && !scope.IsFleet(change.Caller) && scope.Rotation.Groups.Contains(after.Name))
        {
            _shrunkByOthers += Math.Max(0, before.Desired - after.Desired);
        }
    }

    internal void Observe(InstanceTermination termination)
    {
        if (!scope.InPool(termination.Instance.Id) || scope.NodeOf(termination.Instance) is not { } node || !IsFleets(termination))
        {
            return;
        }

        var name = node.Meta.Name;
        budgets.Dying(name);
        var left = scope.PodsOn(name).Where(pod => RecordScope.MustBeDrained(pod, node.Ready == true)).Select(pod => pod.Meta.Key.ToString()).ToList();
        if (left.Count > 0)
        {
            Undrained++;
            scope.Violate(SafetyRule.Drained, $"node {name}",
                $"the termination of {termination.Instance.Id} ({termination.Cause}) began while {left.Count} pods still ran on node {name}: {string.Join(", ", left.Take(5))}");
        }
    }

    private bool IsFleets(InstanceTermination termination) => termination.Cause switch
    {
        TerminationCause.Unhealthy => false,
        TerminationCause.ScaleIn when _shrunkByOthers > 0 && !guard.Holds(termination.Instance) => _shrunkByOthers-- < 0,
        TerminationCause.ScaleIn or TerminationCause.Rebalance => guard.Answers(termination.Instance),
        _ => scope.IsFleet(termination.Caller),
    };
}
