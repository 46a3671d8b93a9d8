using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>Binds unbound claims where their first pod is placed (WaitForFirstConsumer): a new volume in the node's zone.</summary>
internal sealed class VolumeBinder(ClusterState cluster)
{
    internal void Bind(Pod pod, Node node)
    {
        foreach (var name in pod.Claims)
        {
            if (cluster.Claims[new ObjectKey(pod.Meta.Namespace, name)] is { VolumeName: null } claim)
            {
                var volume = cluster.Volumes.Put(new PersistentVolume
                {
                    Meta = new ObjectMeta { Name = $"pvc-{claim.Meta.Uid}" },
                    Zone = node.Meta.Labels.GetValueOrDefault(WellKnown.Zone) ?? "",
                    Claim = claim.Meta.Key,
                });
                cluster.Claims.Put(claim with { VolumeName = volume.Meta.Name });
            }
        }
    }
}
