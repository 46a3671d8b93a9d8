using System.Collections.Immutable;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// Measures how long each budget held the rotation up: it permitted nothing while a pod that it protects stood on a cordoned outdated node, or it could not spare the pods of an outdated node for which
/// the pool had a place. A pod that is not ready counts only on a cordoned node: elsewhere its budget may let it go beyond what it permits.
/// </summary>
internal sealed class WaitRecord
{
    private readonly RecordScope _scope;
    private readonly SparePlaces _places;
    private readonly Dictionary<ObjectKey, BudgetWait> _waits = [];
    private readonly Dictionary<string, bool> _cordoned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Standing> _pods = new(StringComparer.Ordinal);

    internal WaitRecord(RecordScope scope)
    {
        _scope = scope;
        _places = new SparePlaces(scope);
        foreach (var node in scope.World.Cluster.Nodes.Objects)
        {
            Look(node, gone: false);
        }
    }

    internal void Observe(Change change)
    {
        _places.Observe(change);
        switch (change.Object)
        {
            case Node node:
                Look(node, change.Kind == ChangeKind.Deleted);
                break;
            case Pod pod:
                Look(pod, change.Kind == ChangeKind.Deleted);
                break;
            case PodDisruptionBudget budget when _waits.ContainsKey(budget.Meta.Key):
                Settle(budget.Meta.Key);
                break;
        }
    }

    internal void Observe(Instance instance) => _places.Observe(instance);

    internal void Observe(CallRecord call)
    {
        if (call is { Verb: EvictionRecord.Verb, Answer: 429 } && call.Subject.Split('/') is [var ns, var name] && _scope.World.Cluster.Pods[new ObjectKey(ns, name)] is { } pod)
        {
            foreach (var budget in _scope.World.Cluster.Index.BudgetsFor(pod))
            {
                Of(budget.Budget.Meta.Key).Refusals++;
            }
        }
    }

    internal ImmutableArray<WaitFigure> Figures() =>
    [
        .. _waits
            .Select(wait => new WaitFigure($"poddisruptionbudget {wait.Key}", wait.Value.TotalAt(_scope.World.Now).TotalSeconds, wait.Value.Refusals))
            .Where(wait => wait.Seconds > 0 || wait.Refusals > 0)
            .OrderByDescending(wait => wait.Seconds).ThenBy(wait => wait.Object, StringComparer.Ordinal),
    ];

    private void Look(Node node, bool gone)
    {
        var name = node.Meta.Name;
        var outdated = !gone && _scope.InstanceOf(node) is { } instance && _scope.InPool(instance.Id) && _scope.IsOutdated(instance);
        if (outdated == _cordoned.TryGetValue(name, out var cordoned) && (!outdated || cordoned == node.Unschedulable))
        {
            return;
        }

        if (outdated)
        {
            _cordoned[name] = node.Unschedulable;
        }
        else
        {
            _cordoned.Remove(name);
        }

        foreach (var pod in _scope.PodsOn(name))
        {
            Look(pod, gone: false);
        }
    }

    private void Look(Pod pod, bool gone)
    {
        var stood = _pods.GetValueOrDefault(pod.Meta.Uid);
        var stands = gone ? null : StandingOf(pod);
        if ((stood?.Node, stood?.Cordoned) == (stands?.Node, stands?.Cordoned))
        {
            return;
        }

        if (stands is null)
        {
            _pods.Remove(pod.Meta.Uid);
        }
        else
        {
            _pods[pod.Meta.Uid] = stands;
        }

        foreach (var key in (stood ?? stands)!.Budgets)
        {
            if (stood is not null)
            {
                Of(key).Add(stood.Node, stood.Cordoned, -1);
            }

            if (stands is not null)
            {
                Of(key).Add(stands.Node, stands.Cordoned, 1);
            }

            Settle(key);
        }
    }

    private Standing? StandingOf(Pod pod)
    {
        if (pod.NodeName is not { } node || !_cordoned.TryGetValue(node, out var cordoned) || pod.Meta.DeletionTimestamp is not null
            || !RecordScope.MustBeDrained(pod, nodeReady: true) || !(cordoned || pod.Ready))
        {
            return null;
        }

        var budgets = _pods.TryGetValue(pod.Meta.Uid, out var known) ? known.Budgets : [.. _scope.World.Cluster.Index.BudgetsFor(pod).Select(entry => entry.Budget.Meta.Key)];
        return new Standing(node, cordoned, budgets);
    }

    private void Settle(ObjectKey key) => Of(key).Look(_scope.World.Cluster.Budgets[key], _scope.World.Now);

    private BudgetWait Of(ObjectKey key) => _waits.TryGetValue(key, out var wait) ? wait : _waits[key] = new BudgetWait(_places);

    private sealed record Standing(string Node, bool Cordoned, ImmutableArray<ObjectKey> Budgets);
}
