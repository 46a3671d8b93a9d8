using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Judges each disruption of a healthy pod against the budgets that select it, reckoned anew from the pods and their owners and not from the budgets' status.</summary>
internal sealed class BudgetRecord(RecordScope scope)
{
    internal int Total { get; } = scope.World.Cluster.Budgets.Count;

    internal int Broken { get; private set; }

    /// <summary>A pod that Fleet has just begun to end.</summary>
    internal void Ended(Pod before)
    {
        if (IsHealthy(before) && !(scope.Rotation.MayForce && scope.World.Calls.Current?.Verb == "delete pods"))
        {
            foreach (var budget in scope.World.Cluster.Index.BudgetsFor(before))
            {
                Judge(budget, [], $"the eviction of {before.Meta.Key}");
            }
        }
    }

    /// <summary>A node whose instance begins to go with all that runs on it.</summary>
    internal void Dying(string node)
    {
        var dying = scope.PodsOn(node).Where(pod => IsHealthy(pod) && RecordScope.IsMovable(pod)).Select(pod => pod.Meta.Uid).ToHashSet(StringComparer.Ordinal);
        if (dying.Count == 0)
        {
            return;
        }

        var budgets = (scope.World.Cluster.Index.Node(node)?.Pods ?? []).Where(entry => dying.Contains(entry.Pod.Meta.Uid)).SelectMany(entry => entry.Budgets).Distinct().ToList();
        foreach (var budget in budgets)
        {
            Judge(budget, dying, $"the termination of node {node}");
        }
    }

    private static bool IsHealthy(Pod pod) => pod.Ready && pod.Meta.DeletionTimestamp is null;

    private void Judge(BudgetEntry entry, HashSet<string> dying, string what)
    {
        var expected = new ExpectedPods(scope.World.Cluster, entry);
        var healthy = entry.PodSet.Count(one => IsHealthy(one.Pod) && !dying.Contains(one.Pod.Meta.Uid));
        if (expected.Failure is null && healthy >= expected.Desired)
        {
            return;
        }

        Broken++;
        var name = $"poddisruptionbudget {entry.Budget.Meta.Key}";
        scope.Violate(SafetyRule.Budget, name, expected.Failure is { } failure
            ? $"{what} disrupted a pod of {name}, which permits nothing: {failure}"
            : $"{what} left {name} with {healthy} healthy pods where {expected.Desired} must be");
    }
}
