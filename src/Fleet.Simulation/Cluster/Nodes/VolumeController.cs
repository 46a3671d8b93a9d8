using System.Security.Cryptography;
using System.Text;
using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>Attaches and detaches volumes: one node at a time, after the last pod that used it there has ended; where the node died before it unmounted, only by force after six minutes.</summary>
internal sealed class VolumeController(ClusterState cluster, EventRecorder events)
{
    private const string Driver = "ebs.csi.aws.com";

    private readonly Dictionary<string, HashSet<ObjectKey>> _waiting = new(StringComparer.Ordinal);

    internal required Kubelet Kubelet { get; init; }

    /// <summary>Whether a pod's volumes are attached to its node; asks for those that are not.</summary>
    internal bool Ready(Pod pod)
    {
        var ready = true;
        foreach (var volume in VolumesOf(pod))
        {
            ready &= ReadyOn(volume, pod);
        }

        return ready;
    }

    internal void Observe(Change change)
    {
        switch (change.Object)
        {
            case Pod { Claims.IsEmpty: false, NodeName: not null } pod when change.Kind == ChangeKind.Deleted || (!Uses(pod) && change.Before is Pod before && Uses(before)):
                Release(pod);
                break;
            case VolumeAttachment attachment when change.Kind == ChangeKind.Deleted || attachment.Attached:
                Retry(attachment.VolumeName);
                break;
        }
    }

    private static bool Uses(Pod pod) => pod.Phase is PodPhase.Pending or PodPhase.Running && !pod.ContainersEnded;

    private static ObjectKey NameOf(string volume, string node) =>
        new("", "csi-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{volume}{Driver}{node}"))));

    private IEnumerable<string> VolumesOf(Pod pod) =>
        pod.Claims.Select(claim => cluster.Claims[new ObjectKey(pod.Meta.Namespace, claim)]?.VolumeName).OfType<string>();

    private bool ReadyOn(string volume, Pod pod)
    {
        var key = NameOf(volume, pod.NodeName!);
        if (cluster.Attachments[key] is { } own)
        {
            if (!own.Attached)
            {
                Wait(volume, pod);
            }

            return own.Attached;
        }

        Wait(volume, pod);
        var elsewhere = cluster.Attachments.Objects.FirstOrDefault(one => one.VolumeName == volume);
        if (elsewhere is not null)
        {
            events.Warn(pod, "Pod", "attachdetach-controller", "FailedAttachVolume",
                $"Multi-Attach error for volume \"{volume}\" Volume is already exclusively attached to one node and can't be attached to another");
            return false;
        }

        cluster.Attachments.Put(new VolumeAttachment { Meta = new ObjectMeta { Name = key.Name }, NodeName = pod.NodeName!, VolumeName = volume });
        cluster.World.Timeline.After(cluster.Timings.Attach, () =>
        {
            if (cluster.Attachments[key] is { Attached: false } attaching)
            {
                cluster.Attachments.Put(attaching with { Attached = true });
            }
        });
        return false;
    }

    private void Wait(string volume, Pod pod)
    {
        if (!_waiting.TryGetValue(volume, out var pods))
        {
            _waiting.Add(volume, pods = []);
        }

        pods.Add(pod.Meta.Key);
    }

    private void Retry(string volume)
    {
        if (_waiting.Remove(volume, out var pods))
        {
            foreach (var pod in pods)
            {
                cluster.World.Timeline.After(cluster.Timings.Reconcile, () => Kubelet.TryStart(pod));
            }
        }
    }

    private void Release(Pod pod)
    {
        foreach (var volume in VolumesOf(pod))
        {
            var node = pod.NodeName!;
            var after = Kubelet.IsSilent(node) ? cluster.Timings.ForcedDetach : cluster.Timings.Detach;
            cluster.World.Timeline.After(after, () => Detach(volume, node));
        }
    }

    private void Detach(string volume, string node)
    {
        var key = NameOf(volume, node);
        if (cluster.Attachments[key] is { } attachment)
        {
            var claim = cluster.Volumes[new ObjectKey("", volume)]?.Claim;
            if (claim is not { } used || !cluster.Index.Claimants(used).Any(entry => entry.Pod.NodeName == node && Uses(entry.Pod)))
            {
                cluster.Attachments.Remove(attachment.Meta.Key);
            }
        }
    }
}
