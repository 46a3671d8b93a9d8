using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Api;
using Sim = Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Ports;

/// <summary>
/// The watched view of a simulated cluster, without a wire. Changes are gathered as they happen and each object is translated once, when the view is next looked at.
/// The first look lists every kind through the world's gate, as a client does before it watches.
/// </summary>
public sealed class SimulatedCluster : IClusterWatch, IDisposable
{
    private static readonly string[] Watched =
    [
        "nodes", "pods", "poddisruptionbudgets.policy", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch",
        "volumeattachments.storage.k8s.io", "csinodes.storage.k8s.io", "persistentvolumes", "persistentvolumeclaims",
    ];

    private static readonly HashSet<string> Kinds = [.. Watched];

    private readonly World _world;
    private readonly ClusterApi _api;
    private readonly ClusterViewFeed _feed = new();
    private readonly Dictionary<(string Resource, string Uid), Change> _pending = [];
    private bool _listed;

    /// <summary>Watches a world's cluster.</summary>
    /// <param name="world">The world.</param>
    /// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
    public SimulatedCluster(World world, string caller = "fleet")
    {
        _world = world;
        _api = new ClusterApi(world, caller);
        world.Cluster.Changed += Gather;
    }

    /// <summary>Raised, under the world's lock, when an object that the view shows has changed.</summary>
    public event Action? Changed;

    /// <summary>The view of this instant.</summary>
    /// <exception cref="ClusterUnreachableException">The first list was refused.</exception>
    public ClusterView Current
    {
        get
        {
            lock (_world.Gate)
            {
                if (!_listed)
                {
                    List();
                }

                Apply();
                return _feed.View;
            }
        }
    }

    /// <inheritdoc/>
    public Task<ClusterView> ViewAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Current);
        }
        catch (ClusterUnreachableException failure)
        {
            return Task.FromException<ClusterView>(failure);
        }
    }

    /// <inheritdoc/>
    public async Task WaitForChangeAsync(ClusterView seen, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Signal() => changed.TrySetResult();
        ITimer? timer = null;
        lock (_world.Gate)
        {
            if (!ReferenceEquals(Current, seen) || until <= _world.Now)
            {
                return;
            }

            Changed += Signal;
            timer = until == DateTimeOffset.MaxValue ? null : _world.Clock.CreateTimer(_ => Signal(), null, until - _world.Now, Timeout.InfiniteTimeSpan);
        }

        try
        {
            await changed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_world.Gate)
            {
                Changed -= Signal;
                timer?.Dispose();
            }
        }
    }

    /// <summary>Ends the watch.</summary>
    public void Dispose()
    {
        lock (_world.Gate)
        {
            _world.Cluster.Changed -= Gather;
        }
    }

    private void Gather(Change change)
    {
        if (_listed && Kinds.Contains(change.Resource))
        {
            _pending[(change.Resource, change.Object.Meta.Uid)] = change;
            Changed?.Invoke();
        }
    }

    private void List()
    {
        try
        {
            _feed.Identify(_api.Get("namespaces", new Sim.ObjectKey("", "kube-system")).Meta.Uid);
            foreach (var resource in Watched)
            {
                foreach (var one in _api.List(resource, null))
                {
                    Put(one);
                }
            }
        }
        catch (Exception failure) when (ClusterFailure.Is(failure))
        {
            throw ClusterFailure.Of(failure);
        }

        _listed = true;
    }

    /// <summary>Removals first: an object of the same name may have come since.</summary>
    private void Apply()
    {
        foreach (var change in _pending.Values.Where(change => change.Kind == ChangeKind.Deleted))
        {
            Remove(change.Object);
        }

        foreach (var change in _pending.Values.Where(change => change.Kind != ChangeKind.Deleted))
        {
            Put(change.Object);
        }

        _pending.Clear();
    }

    private void Put(Sim.WorldObject one)
    {
        switch (one)
        {
            case Sim.Node node: _feed.Put(ClusterTranslation.Of(node)); break;
            case Sim.Pod pod: _feed.Put(ClusterTranslation.Of(pod), pod.Claims); break;
            case Sim.PodDisruptionBudget budget: _feed.Put(ClusterTranslation.Of(budget)); break;
            case Sim.Workload workload: _feed.Put(ClusterTranslation.Of(workload)); break;
            case Sim.VolumeAttachment attachment: _feed.Put(ClusterTranslation.Of(attachment)); break;
            case Sim.CsiNode drivers: _feed.PutDrivers(drivers.Meta.Name, [.. drivers.Drivers]); break;
            case Sim.PersistentVolume volume: _feed.PutVolume(volume.Meta.Name, [volume.Zone]); break;
            case Sim.PersistentVolumeClaim claim: _feed.PutClaim(claim.Meta.Key.ToString(), claim.VolumeName); break;
        }
    }

    private void Remove(Sim.WorldObject one)
    {
        switch (one)
        {
            case Sim.Node node: _feed.RemoveNode(node.Meta.Name); break;
            case Sim.Pod pod: _feed.RemovePod(pod.Meta.Uid); break;
            case Sim.PodDisruptionBudget budget: _feed.RemoveBudget(budget.Meta.Key.ToString()); break;
            case Sim.Workload workload: _feed.RemoveOwner(workload.Meta.Uid); break;
            case Sim.VolumeAttachment attachment: _feed.RemoveAttachment(attachment.Meta.Name); break;
            case Sim.CsiNode drivers: _feed.PutDrivers(drivers.Meta.Name, ImmutableSortedSet<string>.Empty); break;
            case Sim.PersistentVolume volume: _feed.RemoveVolume(volume.Meta.Name); break;
            case Sim.PersistentVolumeClaim claim: _feed.PutClaim(claim.Meta.Key.ToString(), null); break;
        }
    }
}
