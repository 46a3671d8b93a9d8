using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>The kubelets of all nodes: start what is bound to them, say when it is Ready, end it within its grace. A silent one (its machine is going) does nothing more.</summary>
internal sealed class Kubelet
{
    private static readonly TimeSpan _mirrorAgain = TimeSpan.FromSeconds(1);

    private readonly ClusterState _cluster;
    private readonly EventRecorder _events;
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    internal Kubelet(ClusterState cluster, EventRecorder events, PodFaults faults)
    {
        (_cluster, _events) = (cluster, events);
        Faults = faults;
        faults.Reconsider += pod => Judge(pod.Meta.Key, pod.Meta.Uid);
    }

    /// <summary>Whether all volumes of a pod are attached to its node; asks for those that are not.</summary>
    internal required Func<Pod, bool> VolumesReady { get; init; }

    private PodFaults Faults { get; }

    private World World => _cluster.World;

    internal bool IsSilent(string node) => _silent.Contains(node);

    /// <summary>The machine has begun to go: from now on its kubelet says nothing and its containers are dead.</summary>
    internal void Silence(string node)
    {
        _silent.Add(node);
        World.Timeline.After(_cluster.Timings.PodLoss, () => Bury(node));
    }

    internal void Revive(string node) => _silent.Remove(node);

    internal void Observe(Change change)
    {
        if (change.Object is not Pod { NodeName: { } node } pod || change.Kind == ChangeKind.Deleted)
        {
            if (change.Object is Pod { Mirror: true } mirror)
            {
                World.Timeline.After(_mirrorAgain, () => Mirror(mirror));
            }

            return;
        }

        var before = change.Before as Pod;
        var (key, uid) = (pod.Meta.Key, pod.Meta.Uid);
        if (pod.Meta.DeletionTimestamp is { } due)
        {
            if (before?.Meta.DeletionTimestamp != due)
            {
                BeginEnd(pod, node, due);
            }
        }
        else if (before?.NodeName is null)
        {
            if (pod.Phase == PodPhase.Pending)
            {
                World.Timeline.After(_cluster.Timings.Reconcile, () => TryStart(key));
            }
            else if (pod.Phase == PodPhase.Running)
            {
                Follow(pod, pod.Started ?? World.Now);
            }
        }
    }

    /// <summary>Starts a bound pod whose volumes are there; asked again when one has been attached.</summary>
    internal void TryStart(ObjectKey key)
    {
        if (_cluster.Pods[key] is not { NodeName: { } node, Phase: PodPhase.Pending, Meta.DeletionTimestamp: null } pod || IsSilent(node) || !VolumesReady(pod))
        {
            return;
        }

        var now = World.Now;
        var running = _cluster.Pods.Put(pod with { Phase = PodPhase.Running, Started = now });
        _events.Note(pod, "Pod", "kubelet", "Started", "Started container");
        Follow(running, now);
    }

    private void Follow(Pod pod, DateTimeOffset started)
    {
        var (key, uid) = (pod.Meta.Key, pod.Meta.Uid);
        World.Timeline.At(started + TimeSpan.FromSeconds(pod.Template.ReadySeconds), () => Judge(key, uid));
        if (pod.Template.RunSeconds is { } run)
        {
            World.Timeline.At(started + TimeSpan.FromSeconds(run), () => Succeed(key, uid));
        }
    }

    /// <summary>Says what readiness a pod has now.</summary>
    private void Judge(ObjectKey key, string uid)
    {
        if (_cluster.Pods[key] is not { NodeName: { } node, Phase: PodPhase.Running, ContainersEnded: false, Mirror: false } pod || pod.Meta.Uid != uid || IsSilent(node))
        {
            return;
        }

        var started = pod.Started ?? pod.Meta.Created;
        var ready = !pod.Template.NeverReady && World.Now >= started + TimeSpan.FromSeconds(pod.Template.ReadySeconds) && !Faults.Hits(pod);
        if (ready != pod.Ready)
        {
            _cluster.Pods.Put(pod with { Ready = ready, ReadyChanged = World.Now });
            if (!ready)
            {
                _events.Warn(pod, "Pod", "kubelet", "Unhealthy", "Readiness probe failed");
            }
        }
    }

    private void Succeed(ObjectKey key, string uid)
    {
        if (_cluster.Pods[key] is { NodeName: { } node, Phase: PodPhase.Running, ContainersEnded: false } pod && pod.Meta.Uid == uid && !IsSilent(node))
        {
            _cluster.Pods.Put(pod with { Phase = PodPhase.Succeeded, Ready = false, ReadyChanged = World.Now, ContainersEnded = true });
        }
    }

    /// <summary>A static pod runs on whatever the API says: its mirror comes again.</summary>
    private void Mirror(Pod gone)
    {
        if (gone.NodeName is { } node && !IsSilent(node) && _cluster.Nodes[new ObjectKey("", node)] is not null && _cluster.Pods[gone.Meta.Key] is null)
        {
            var meta = gone.Meta with { Uid = "", Created = default, DeletionTimestamp = null, DeletionGraceSeconds = null };
            _cluster.Pods.Put(gone with { Meta = meta, Phase = PodPhase.Running, Ready = true, ContainersEnded = false });
        }
    }

    private void BeginEnd(Pod pod, string node, DateTimeOffset due)
    {
        if (IsSilent(node))
        {
            return;
        }

        var grace = pod.Meta.DeletionGraceSeconds ?? 0;
        var asked = due - TimeSpan.FromSeconds(grace);
        var takes = pod.Phase == PodPhase.Pending || pod.ContainersEnded || pod.Mirror ? 0 : Math.Min(pod.Template.StopSeconds, grace);
        _events.Note(pod, "Pod", "kubelet", "Killing", "Stopping container");
        var (key, uid) = (pod.Meta.Key, pod.Meta.Uid);
        World.Timeline.At(asked + TimeSpan.FromSeconds(takes), () => End(key, uid));
    }

    private void End(ObjectKey key, string uid)
    {
        if (_cluster.Pods[key] is not { NodeName: { } node } pod || pod.Meta.Uid != uid || IsSilent(node))
        {
            return;
        }

        if (pod.Meta.Finalizers.IsEmpty)
        {
            _cluster.Pods.Remove(key);
        }
        else if (!pod.ContainersEnded)
        {
            _cluster.Pods.Put(pod with { ContainersEnded = true, Ready = false, ReadyChanged = World.Now });
        }
    }

    private void Bury(string node)
    {
        foreach (var entry in (_cluster.Index.Node(node)?.Pods ?? []).ToList())
        {
            var pod = entry.Pod;
            if (pod.Phase == PodPhase.Running && !pod.ContainersEnded)
            {
                _cluster.Pods.Put(pod with { ContainersEnded = true, Ready = false, ReadyChanged = pod.Ready ? World.Now : pod.ReadyChanged });
            }
        }
    }
}
