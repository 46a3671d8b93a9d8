using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>
/// Makes the next <see cref="ClusterView"/> from what a cluster tells object by object, and joins what Kubernetes keeps apart: the CSI drivers of a node (CSINode), and the volumes and zones of a pod
/// (PersistentVolumeClaim, PersistentVolume). Not thread-safe; the views that it hands out are.
/// </summary>
public sealed class ClusterViewFeed
{
    private readonly Dictionary<string, string> _volumeOfClaim = [];
    private readonly Dictionary<string, ImmutableSortedSet<string>?> _zonesOfVolume = [];
    private readonly Dictionary<string, string> _claimOfVolume = [];
    private readonly Dictionary<string, ImmutableSortedSet<string>> _drivers = [];
    private readonly Dictionary<string, ImmutableArray<string>> _claimsOfPod = [];
    private readonly Dictionary<string, HashSet<string>> _podsOfClaim = [];

    /// <summary>The view as it stands.</summary>
    public ClusterView View { get; private set; } = ClusterView.Empty;

    /// <summary>Names the cluster by the uid of its namespace kube-system.</summary>
    public void Identify(string kubeSystemUid) => View = View with { KubeSystemUid = kubeSystemUid };

    /// <summary>A node is new or has changed; its drivers come from <see cref="PutDrivers"/>.</summary>
    public void Put(Node node) => View = View.With(node with { CsiDrivers = _drivers.GetValueOrDefault(node.Name, []) });

    /// <summary>A node is gone.</summary>
    public void RemoveNode(string name) => View = View.WithoutNode(name);

    /// <summary>The CSI drivers that are registered on a node; empty when there are none or the CSINode is gone.</summary>
    public void PutDrivers(string node, ImmutableSortedSet<string> drivers)
    {
        _drivers[node] = drivers;
        if (View.Nodes.TryGetValue(node, out var known))
        {
            View = View.With(known with { CsiDrivers = drivers });
        }
    }

    /// <summary>A pod is new or has changed.</summary>
    /// <param name="pod">The pod; its volumes and their zones are filled in here.</param>
    /// <param name="claims">Names of the claims in its namespace that it mounts.</param>
    public void Put(Pod pod, ImmutableArray<string> claims)
    {
        if (!_claimsOfPod.ContainsKey(pod.Uid) && !claims.IsEmpty)
        {
            _claimsOfPod[pod.Uid] = claims;
            foreach (var claim in claims)
            {
                var key = $"{pod.Namespace}/{claim}";
                (_podsOfClaim.TryGetValue(key, out var pods) ? pods : _podsOfClaim[key] = []).Add(pod.Uid);
            }
        }

        View = View.With(Joined(pod, claims));
    }

    /// <summary>A pod is gone.</summary>
    public void RemovePod(string uid)
    {
        if (_claimsOfPod.Remove(uid, out var claims) && View.Pods.TryGetValue(uid, out var pod))
        {
            foreach (var claim in claims)
            {
                var key = $"{pod.Namespace}/{claim}";
                if (_podsOfClaim.TryGetValue(key, out var pods) && pods.Remove(uid) && pods.Count == 0)
                {
                    _podsOfClaim.Remove(key);
                }
            }
        }

        View = View.WithoutPod(uid);
    }

    /// <summary>A claim is bound to a volume; null while it is unbound or when it is gone.</summary>
    public void PutClaim(string key, string? volume)
    {
        if (_volumeOfClaim.GetValueOrDefault(key) == volume)
        {
            return;
        }

        if (volume is null)
        {
            _volumeOfClaim.Remove(key);
        }
        else
        {
            _volumeOfClaim[key] = volume;
            _claimOfVolume[volume] = key;
        }

        JoinPodsOf(key);
    }

    /// <summary>The zones in which a volume can be attached; null when it is bound to none.</summary>
    public void PutVolume(string name, ImmutableSortedSet<string>? zones)
    {
        _zonesOfVolume[name] = zones;
        if (_claimOfVolume.TryGetValue(name, out var claim))
        {
            JoinPodsOf(claim);
        }
    }

    /// <summary>A volume is gone.</summary>
    public void RemoveVolume(string name)
    {
        _zonesOfVolume.Remove(name);
        _claimOfVolume.Remove(name);
    }

    /// <summary>A budget is new or has changed.</summary>
    public void Put(Budget budget) => View = View.With(budget);

    /// <summary>A budget is gone.</summary>
    public void RemoveBudget(string key) => View = View.WithoutBudget(key);

    /// <summary>An owner is new or has changed.</summary>
    public void Put(Owner owner) => View = View.With(owner);

    /// <summary>An owner is gone.</summary>
    public void RemoveOwner(string uid) => View = View.WithoutOwner(uid);

    /// <summary>An attachment is new or has changed.</summary>
    public void Put(Attachment attachment) => View = View.With(attachment);

    /// <summary>An attachment is gone.</summary>
    public void RemoveAttachment(string name) => View = View.WithoutAttachment(name);

    private void JoinPodsOf(string claim)
    {
        foreach (var uid in _podsOfClaim.GetValueOrDefault(claim) ?? [])
        {
            if (View.Pods.TryGetValue(uid, out var pod))
            {
                View = View.With(Joined(pod, _claimsOfPod[uid]));
            }
        }
    }

    private Pod Joined(Pod pod, ImmutableArray<string> claims)
    {
        if (claims.IsEmpty)
        {
            return pod;
        }

        var volumes = claims.Select(claim => _volumeOfClaim.GetValueOrDefault($"{pod.Namespace}/{claim}")).OfType<string>().ToImmutableArray();
        ImmutableSortedSet<string>? zones = null;
        foreach (var volume in volumes)
        {
            if (_zonesOfVolume.GetValueOrDefault(volume) is { } those)
            {
                zones = zones is null ? those : zones.Intersect(those);
            }
        }

        return pod with { Volumes = volumes, VolumeZones = zones };
    }
}
