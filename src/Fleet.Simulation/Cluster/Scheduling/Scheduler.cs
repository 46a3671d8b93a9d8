using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>
/// Places pods as kube-scheduler does: filters, then scores (untolerated PreferNoSchedule ×3, spread ×2, least allocated ×1) over as many feasible nodes as the real one looks for in a cluster of that size.
/// Pods that found no node are tried again, after a backoff, only when something has changed that may help them.
/// </summary>
internal sealed class Scheduler
{
    private readonly ClusterState _cluster;
    private readonly EventRecorder _events;
    private readonly VolumeBinder _volumes;
    private readonly NodeDomains _domains;
    private readonly Dictionary<ObjectKey, PendingPod> _pending = [];
    private readonly List<NodeSlot> _ring = [];
    private bool _ringStale = true;
    private int _next;
    private long _order;
    private long _changes;
    private DateTimeOffset? _passAt;

    internal Scheduler(ClusterState cluster, EventRecorder events)
    {
        (_cluster, _events) = (cluster, events);
        _volumes = new VolumeBinder(cluster);
        _domains = new NodeDomains(cluster);
    }

    internal void Observe(Change change)
    {
        switch (change.Object)
        {
            case Pod pod:
                Observe(change.Kind, pod, change.Before as Pod);
                break;
            case Node node when change.Before is not Node before || change.Kind == ChangeKind.Deleted || node.Meta.Labels != before.Meta.Labels || node.Taints != before.Taints
                || node.Unschedulable != before.Unschedulable || node.Allocatable != before.Allocatable:
                _ringStale |= change.Kind != ChangeKind.Modified;
                _domains.Forget();
                Helped();
                break;
            case PersistentVolume or PersistentVolumeClaim:
                Helped();
                break;
        }
    }

    private void Observe(ChangeKind kind, Pod pod, Pod? before)
    {
        if (kind != ChangeKind.Deleted && pod is { NodeName: null, Meta.DeletionTimestamp: null, Phase: PodPhase.Pending })
        {
            if (_pending.TryAdd(pod.Meta.Key, new PendingPod(pod.Meta.Key, _order++)))
            {
                PassBy(_cluster.World.Now + _cluster.Timings.Schedule);
            }

            return;
        }

        _pending.Remove(pod.Meta.Key);
        var freed = kind == ChangeKind.Deleted || (before is not null && before.IsActive && !pod.IsActive);
        if (freed && pod.NodeName is not null)
        {
            Helped();
        }
    }

    private void Helped()
    {
        _changes++;
        if (_pending.Count > 0)
        {
            PassBy(_cluster.World.Now + _cluster.Timings.Schedule);
        }
    }

    private void PassBy(DateTimeOffset when)
    {
        if (_passAt is { } planned && planned <= when)
        {
            return;
        }

        _passAt = when;
        _cluster.World.Timeline.At(when, () =>
        {
            if (_passAt == when)
            {
                _passAt = null;
                Pass();
            }
        });
    }

    private void Pass()
    {
        var now = _cluster.World.Now;
        var failed = new HashSet<(PodTemplate, string?)>();
        var due = _pending.Values.Where(one => one.NotBefore <= now && one.FailedAt != _changes).OrderBy(one => one.Order).ToList();
        foreach (var one in due.OrderByDescending(one => _cluster.Pods[one.Key]?.Template.Priority ?? 0))
        {
            if (_cluster.Pods[one.Key] is { NodeName: null } pod)
            {
                Try(one, pod, failed);
            }
        }

        var later = _pending.Values.Where(one => one.FailedAt != _changes).Select(one => (DateTimeOffset?)one.NotBefore).Min();
        if (later is { } next)
        {
            PassBy(next > now ? next : now + _cluster.Timings.Schedule);
        }
    }

    private void Try(PendingPod one, Pod pod, HashSet<(PodTemplate Template, string? Owner)> failed)
    {
        var kin = (pod.Template, pod.Meta.Controller?.Uid);
        if (failed.Contains(kin) && pod.Unschedulable is not null)
        {
            Fail(one, pod, pod.Unschedulable);
            return;
        }

        var placement = new Placement(_cluster, _domains, pod);
        var message = placement.Missing is { } claim ? $"persistentvolumeclaim \"{claim}\" not found" : null;
        if (message is null && Choose(placement) is { } slot)
        {
            Bind(pod, slot);
            return;
        }

        if (placement.DependsOnTemplateOnly)
        {
            failed.Add(kin);
        }

        Fail(one, pod, message ?? Tally(placement));
    }

    private void Fail(PendingPod one, Pod pod, string message)
    {
        var backoff = Math.Min(10, 1 << Math.Min(one.Attempts, 4));
        one.Attempts++;
        one.FailedAt = _changes;
        one.NotBefore = _cluster.World.Now + (backoff * _cluster.Timings.SchedulerBackoff);
        if (pod.Unschedulable != message)
        {
            _cluster.Pods.Put(pod with { Unschedulable = message });
            _events.Warn(pod, "Pod", "default-scheduler", "FailedScheduling", message);
        }
    }

    private void Bind(Pod pod, NodeSlot slot)
    {
        _volumes.Bind(pod, slot.Node!);
        _cluster.Pods.Put(pod with { NodeName = slot.Name, Unschedulable = null });
        _events.Note(pod, "Pod", "default-scheduler", "Scheduled", $"Successfully assigned {pod.Meta.Key} to {slot.Name}");
    }

    private NodeSlot? Choose(Placement placement)
    {
        if (_ringStale)
        {
            _ring.Clear();
            _ring.AddRange(_cluster.Index.Nodes.Where(slot => slot.Node is not null));
            _ringStale = false;
        }

        var feasible = new List<(NodeSlot Slot, int Taints, double Crowd)>();
        var wanted = FeasibleWanted(_ring.Count);
        var looked = 0;
        for (; looked < _ring.Count && feasible.Count < wanted; looked++)
        {
            var slot = _ring[(_next + looked) % _ring.Count];
            if (placement.Refusal(slot) is null)
            {
                feasible.Add((slot, placement.SoftTaints(slot), placement.Crowd(slot)));
            }
        }

        if (_ring.Count > 0)
        {
            _next = (_next + looked) % _ring.Count;
        }

        return Best(placement, feasible);
    }

    private static NodeSlot? Best(Placement placement, List<(NodeSlot Slot, int Taints, double Crowd)> feasible)
    {
        var (mostTaints, mostCrowd) = (0, 0.0);
        foreach (var one in feasible)
        {
            mostTaints = Math.Max(mostTaints, one.Taints);
            mostCrowd = Math.Max(mostCrowd, one.Crowd);
        }

        NodeSlot? best = null;
        var bestScore = double.MinValue;
        foreach (var one in feasible)
        {
            var score = (mostTaints == 0 ? 300 : 300.0 * (mostTaints - one.Taints) / mostTaints)
                + (mostCrowd == 0 ? 200 : 200 * (mostCrowd - one.Crowd) / mostCrowd)
                + placement.Room(one.Slot);
            if (score > bestScore)
            {
                (best, bestScore) = (one.Slot, score);
            }
        }

        return best;
    }

    /// <summary>Scheduler Performance Tuning: all nodes up to 100, beyond that 50 % less one for each 125 nodes, at least 5 % and at least 100.</summary>
    private static int FeasibleWanted(int nodes) => nodes < 100 ? nodes : Math.Max(100, nodes * Math.Max(5, 50 - (nodes / 125)) / 100);

    private string Tally(Placement placement)
    {
        var reasons = _ring.GroupBy(slot => placement.Refusal(slot) ?? "", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} {group.Key}");
        return _ring.Count == 0 ? "no nodes available to schedule pods" : $"0/{_ring.Count} nodes are available: {string.Join(", ", reasons)}.";
    }
}
