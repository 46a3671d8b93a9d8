using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Keeps the status of budgets (Specifying a Disruption Budget for your Application; pkg/controller/disruption), a moment after what changed.</summary>
internal sealed class DisruptionController
{
    private readonly ClusterState _cluster;
    private readonly EventRecorder _events;
    private readonly WorkQueue<ObjectKey> _queue;

    internal DisruptionController(ClusterState cluster, EventRecorder events)
    {
        (_cluster, _events) = (cluster, events);
        _queue = new(cluster, Reconcile);
    }

    internal void Observe(Change change)
    {
        switch (change.Object)
        {
            case PodDisruptionBudget budget when change.Kind != ChangeKind.Deleted:
                _queue.Mark(budget.Meta.Key);
                break;
            case Pod pod when change.Kind == ChangeKind.Deleted:
                MarkFormer(pod);
                break;
            case Pod pod when change.Before is not Pod before || before.Ready != pod.Ready || before.Meta.DeletionTimestamp != pod.Meta.DeletionTimestamp || before.Phase != pod.Phase || before.Meta.Labels != pod.Meta.Labels:
                MarkOf(_cluster.Index.Pod(pod.Meta.Key));
                break;
            case Workload workload when change.Before is Workload before && before.Replicas != workload.Replicas:
                MarkScaled(workload);
                break;
        }
    }

    private void MarkOf(PodEntry? entry)
    {
        foreach (var budget in entry?.Budgets ?? [])
        {
            _queue.Mark(budget.Budget.Meta.Key);
        }
    }

    private void MarkFormer(Pod pod)
    {
        foreach (var budget in _cluster.Index.BudgetsFor(pod))
        {
            _queue.Mark(budget.Budget.Meta.Key);
        }
    }

    private void MarkScaled(Workload workload)
    {
        foreach (var entry in _cluster.Index.OwnedBy(workload.Meta.Uid))
        {
            MarkOf(entry);
        }

        foreach (var (_, key) in _cluster.Index.DependentsOf(workload.Meta.Uid))
        {
            if (_cluster.ReplicaSets[key] is { } set)
            {
                MarkScaled(set);
            }
        }
    }

    private void Reconcile(ObjectKey key)
    {
        if (_cluster.Index.Budget(key) is not { } entry)
        {
            return;
        }

        var budget = entry.Budget;
        var disrupted = StillDisrupted(entry);
        var healthy = entry.PodSet.Count(one => one.Pod.Ready && one.Pod.Meta.DeletionTimestamp is null && !disrupted.ContainsKey(one.Pod.Meta.Name));
        var scale = new ExpectedPods(_cluster, entry);
        var next = scale.Failure is { } failure
            ? budget with { DisruptionsAllowed = 0, Reason = "SyncFailed", Message = failure }
            : Judge(budget, scale, healthy);
        next = next with { DisruptedPods = disrupted, ObservedGeneration = budget.Meta.Generation };
        if (next.Reason == "SyncFailed" && budget.Reason != "SyncFailed")
        {
            _events.Warn(budget, "PodDisruptionBudget", "controllermanager", "CalculateExpectedPodCountFailed", next.Message);
        }

        if (next.DisruptionsAllowed != budget.DisruptionsAllowed || next.CurrentHealthy != budget.CurrentHealthy || next.DesiredHealthy != budget.DesiredHealthy || next.ExpectedPods != budget.ExpectedPods
            || next.ObservedGeneration != budget.ObservedGeneration || next.Reason != budget.Reason || next.Message != budget.Message || disrupted.Count != budget.DisruptedPods.Count)
        {
            _cluster.Budgets.Put(next);
        }

        if (disrupted.Count > 0)
        {
            _cluster.World.Timeline.At(disrupted.Values.Min() + _cluster.Timings.DisruptedPod, () => _queue.Mark(key));
        }
    }

    private static PodDisruptionBudget Judge(PodDisruptionBudget budget, ExpectedPods scale, int healthy)
    {
        var allowed = scale.Expected <= 0 ? 0 : Math.Max(0, healthy - scale.Desired);
        return budget with
        {
            CurrentHealthy = healthy,
            DesiredHealthy = scale.Desired,
            ExpectedPods = scale.Expected,
            DisruptionsAllowed = allowed,
            Reason = allowed > 0 ? "SufficientPods" : "InsufficientPods",
            Message = "",
        };
    }

    /// <summary>Grants whose pod still lives and is not yet terminating, for two minutes.</summary>
    private ImmutableSortedDictionary<string, DateTimeOffset> StillDisrupted(BudgetEntry entry)
    {
        var disrupted = entry.Budget.DisruptedPods;
        foreach (var (name, granted) in entry.Budget.DisruptedPods)
        {
            var pod = _cluster.Index.Pod(new ObjectKey(entry.Budget.Meta.Namespace, name));
            if (pod is null || !entry.PodSet.Contains(pod) || pod.Pod.Meta.DeletionTimestamp is not null || granted + _cluster.Timings.DisruptedPod <= _cluster.World.Now)
            {
                disrupted = disrupted.Remove(name);
            }
        }

        return disrupted;
    }
}
