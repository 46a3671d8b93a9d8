using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>Deletion as the API server does it: preconditions, grace of pods, finalizers. Controllers use it too, without passing the gate.</summary>
internal static class Deletion
{
    internal const string Foreground = "foregroundDeletion";
    internal const string OrphanDependents = "orphan";

    /// <summary>What holds a namespace until its content is gone (in the API a field of its spec).</summary>
    internal const string Content = "kubernetes";

    internal static WorldObject Delete(ClusterState cluster, IObjectTable table, WorldObject stored, DeleteOptions options)
    {
        if ((options.Uid is { } uid && uid != stored.Meta.Uid) || (options.ResourceVersion is { } version && version != stored.Meta.ResourceVersion))
        {
            throw StatusException.Precondition(table.Resource, stored, options.Uid, options.ResourceVersion);
        }

        if (options.DryRun)
        {
            return stored;
        }

        return stored is Pod pod ? DeletePod(cluster, pod, options.GraceSeconds) : DeletePlain(cluster, table, stored, options.Propagation);
    }

    /// <summary>Whether nothing but finalizers held a terminating object: pods also wait for their kubelet.</summary>
    internal static bool DoneBut(WorldObject terminating) => terminating is not Pod { NodeName: not null, ContainersEnded: false, Meta.DeletionGraceSeconds: > 0 };

    /// <summary>Starts (or shortens) a pod's graceful end; unscheduled and finished pods, and those with no grace, go at once.</summary>
    internal static Pod DeletePod(ClusterState cluster, Pod pod, int? graceSeconds)
    {
        var finished = pod.Phase is PodPhase.Succeeded or PodPhase.Failed;
        var grace = pod.NodeName is null || finished ? 0 : Math.Max(0, graceSeconds ?? pod.Template.GraceSeconds);
        if (pod.Meta.DeletionGraceSeconds is { } running && running <= grace && running > 0)
        {
            return pod;
        }

        if (grace == 0 && pod.Meta.Finalizers.IsEmpty)
        {
            cluster.Pods.Remove(pod.Meta.Key);
            return pod;
        }

        var marked = pod with
        {
            Meta = pod.Meta with { DeletionTimestamp = cluster.World.Now + TimeSpan.FromSeconds(grace), DeletionGraceSeconds = grace, Generation = pod.Meta.Generation + 1 },
        };
        return cluster.Pods.Put(marked);
    }

    private static WorldObject DeletePlain(ClusterState cluster, IObjectTable table, WorldObject stored, Propagation propagation)
    {
        var finalizers = propagation switch
        {
            Propagation.Foreground when HasDependents(stored) => stored.Meta.Finalizers.Add(Foreground),
            Propagation.Orphan when HasDependents(stored) => stored.Meta.Finalizers.Add(OrphanDependents),
            _ when table.Resource == "namespaces" => stored.Meta.Finalizers.Remove(Content).Add(Content),
            _ => stored.Meta.Finalizers,
        };
        if (finalizers.IsEmpty)
        {
            table.Remove(stored.Meta.Key);
            return stored;
        }

        if (stored.Meta.DeletionTimestamp is not null)
        {
            return stored;
        }

        var meta = stored.Meta with { DeletionTimestamp = cluster.World.Now, DeletionGraceSeconds = 0, Finalizers = finalizers, Generation = stored.Meta.Generation + 1 };
        return table.Put(stored with { Meta = meta });
    }

    private static bool HasDependents(WorldObject stored) => stored is Workload;
}
