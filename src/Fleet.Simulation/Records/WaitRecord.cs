using System.Collections.Immutable;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Measures how long each budget allowed nothing while a pod that it protects stood on a cordoned outdated node and waited to be evicted.</summary>
internal sealed class WaitRecord(RecordScope scope)
{
    private readonly Dictionary<ObjectKey, Wait> _waits = [];
    private readonly Dictionary<string, ImmutableArray<ObjectKey>> _awaiting = new(StringComparer.Ordinal);

    internal void Observe(Change change)
    {
        switch (change.Object)
        {
            case Node node when (change.Kind == ChangeKind.Deleted || node.Unschedulable) != (change.Before is Node { Unschedulable: true }) && IsOutdated(node):
                foreach (var pod in scope.PodsOn(node.Meta.Name))
                {
                    Look(pod, gone: false, cordoned: change.Kind != ChangeKind.Deleted && node.Unschedulable);
                }

                break;
            case Pod { NodeName: { } name } pod when _awaiting.ContainsKey(pod.Meta.Uid)
                || (change.Kind == ChangeKind.Added && scope.World.Cluster.Nodes[new ObjectKey("", name)] is { Unschedulable: true } on && IsOutdated(on)):
                Look(pod, change.Kind == ChangeKind.Deleted, cordoned: true);
                break;
            case PodDisruptionBudget budget when _waits.ContainsKey(budget.Meta.Key):
                Settle(budget.Meta.Key);
                break;
        }
    }

    internal void Observe(CallRecord call)
    {
        if (call is { Verb: EvictionRecord.Verb, Answer: 429 } && call.Subject.Split('/') is [var ns, var name] && scope.World.Cluster.Pods[new ObjectKey(ns, name)] is { } pod)
        {
            foreach (var budget in scope.World.Cluster.Index.BudgetsFor(pod))
            {
                Of(budget.Budget.Meta.Key).Refusals++;
            }
        }
    }

    internal ImmutableArray<WaitFigure> Figures() =>
    [
        .. _waits
            .Select(wait => new WaitFigure($"poddisruptionbudget {wait.Key}", (wait.Value.Total + (wait.Value.Since is { } since ? scope.World.Now - since : TimeSpan.Zero)).TotalSeconds, wait.Value.Refusals))
            .Where(wait => wait.Seconds > 0 || wait.Refusals > 0)
            .OrderByDescending(wait => wait.Seconds).ThenBy(wait => wait.Object, StringComparer.Ordinal),
    ];

    private bool IsOutdated(Node node) => scope.InstanceOf(node) is { } instance && scope.InPool(instance.Id) && scope.IsOutdated(instance);

    private void Look(Pod pod, bool gone, bool cordoned)
    {
        var waits = !gone && cordoned && pod.Meta.DeletionTimestamp is null && RecordScope.MustBeDrained(pod, nodeReady: true);
        if (waits == _awaiting.ContainsKey(pod.Meta.Uid))
        {
            return;
        }

        if (waits)
        {
            _awaiting[pod.Meta.Uid] = [.. scope.World.Cluster.Index.BudgetsFor(pod).Select(entry => entry.Budget.Meta.Key)];
        }

        foreach (var key in _awaiting[pod.Meta.Uid])
        {
            Of(key).Awaiting += waits ? 1 : -1;
            Settle(key);
        }

        if (!waits)
        {
            _awaiting.Remove(pod.Meta.Uid);
        }
    }

    private void Settle(ObjectKey key)
    {
        var wait = Of(key);
        var binds = wait.Awaiting > 0 && scope.World.Cluster.Budgets[key] is { DisruptionsAllowed: <= 0 };
        if (binds && wait.Since is null)
        {
            wait.Since = scope.World.Now;
        }
        else if (!binds && wait.Since is { } since)
        {
            wait.Total += scope.World.Now - since;
            wait.Since = null;
        }
    }

    private Wait Of(ObjectKey key) => _waits.TryGetValue(key, out var wait) ? wait : _waits[key] = new Wait();

    private sealed class Wait
    {
        internal int Awaiting { get; set; }

        internal int Refusals { get; set; }

        internal DateTimeOffset? Since { get; set; }

        internal TimeSpan Total { get; set; }
    }
}
