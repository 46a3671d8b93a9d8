using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>Ends pods that do not tolerate a NoExecute taint of their node, past every budget, after the toleration's seconds (300 by default for not-ready and unreachable).</summary>
internal sealed class TaintManager(ClusterState cluster, EventRecorder events)
{
    private static readonly TimeSpan _default = TimeSpan.FromSeconds(300);

    internal void Observe(Change change)
    {
        if (change.Object is Node node && change.Kind != ChangeKind.Deleted && change.Before is Node before && node.Taints != before.Taints)
        {
            foreach (var taint in node.Taints.Where(taint => taint.Effect == "NoExecute" && !before.Taints.Contains(taint)))
            {
                Enforce(node, taint);
            }
        }
    }

    private void Enforce(Node node, Taint taint)
    {
        foreach (var entry in cluster.Index.Node(node.Meta.Name)?.Pods ?? [])
        {
            var pod = entry.Pod;
            if (pod.Meta.Controller?.Kind != nameof(DaemonSet) && WaitOf(pod, taint) is { } wait)
            {
                var (key, uid, name) = (pod.Meta.Key, pod.Meta.Uid, node.Meta.Name);
                cluster.World.Timeline.After(wait, () => End(key, uid, name, taint));
            }
        }
    }

    /// <returns>How long the pod may stay; null for ever.</returns>
    private static TimeSpan? WaitOf(Pod pod, Taint taint)
    {
        var tolerations = pod.Template.Tolerations.Where(one => one.Tolerates(taint)).ToList();
        if (tolerations.Count == 0)
        {
            return taint.Key is WellKnown.NotReady or WellKnown.Unreachable ? _default : TimeSpan.Zero;
        }

        return tolerations.Any(one => one.Seconds is null) ? null : TimeSpan.FromSeconds(tolerations.Min(one => one.Seconds!.Value));
    }

    private void End(ObjectKey key, string uid, string node, Taint taint)
    {
        if (cluster.Pods[key] is { Meta.DeletionTimestamp: null } pod && pod.Meta.Uid == uid
            && cluster.Nodes[new ObjectKey("", node)]?.Taints.Contains(taint) == true)
        {
            events.Note(pod, "Pod", "taint-eviction-controller", "TaintManagerEviction", $"Marking for deletion Pod {key}");
            Deletion.DeletePod(cluster, pod, null);
        }
    }
}
