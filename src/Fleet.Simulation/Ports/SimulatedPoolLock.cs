using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Ports;

/// <summary>The lease of a pool in a simulated cluster. Its times are the world's, the only clock that there is.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
public sealed class SimulatedPoolLock(World world, string caller = "fleet") : IPoolLock
{
    private const string Leases = "leases.coordination.k8s.io";
    private readonly ClusterApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<string?> AcquireAsync(string pool, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Make(() => Acquire(Key(pool), holder, (int)Math.Ceiling(duration.TotalSeconds)));
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(string pool, string holder, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Make(() =>
        {
            if (Find(Key(pool)) is { } lease && lease.Holder == holder)
            {
                _api.Update(Leases, lease with { Holder = "", RenewTime = null, AcquireTime = null }, lease.Meta.ResourceVersion);
            }

            return null;
        });
    }

    private static ObjectKey Key(string pool) => new("kube-system", $"fleet-{pool}");

    private static Task<string?> Make(Func<string?> call)
    {
        try
        {
            return Task.FromResult(call());
        }
        catch (Exception failure) when (ClusterFailure.Is(failure))
        {
            return Task.FromException<string?>(ClusterFailure.Of(failure));
        }
    }

    private string? Acquire(ObjectKey key, string holder, int seconds)
    {
        var lease = Find(key);
        if (lease is { Holder.Length: > 0 } && lease.Holder != holder && lease.RenewTime + TimeSpan.FromSeconds(lease.DurationSeconds ?? 0) > world.Now)
        {
            return lease.Holder;
        }

        var taken = (lease ?? new Lease { Meta = new ObjectMeta { Namespace = key.Namespace, Name = key.Name } }) with
        {
            Holder = holder,
            DurationSeconds = seconds,
            AcquireTime = lease?.Holder == holder ? lease.AcquireTime : world.Now,
            RenewTime = world.Now,
            Transitions = lease is null ? 0 : (lease.Transitions ?? 0) + (lease.Holder == holder ? 0 : 1),
        };
        try
        {
            _ = lease is null ? _api.Create(Leases, taken) : _api.Update(Leases, taken, lease.Meta.ResourceVersion);
            return null;
        }
        catch (CallRefusedException lost) when (lost.Status == 409)
        {
            return Find(key)?.Holder ?? "another holder";
        }
    }

    private Lease? Find(ObjectKey key)
    {
        try
        {
            return (Lease)_api.Get(Leases, key);
        }
        catch (CallRefusedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }
}
