using Fleet.Core.Disruption;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>The lease of a pool in kube-system. A write carries the resourceVersion that was read, so that of two who take it at once one fails.</summary>
internal sealed class KubernetesPoolLock(KubernetesCalls calls, TimeProvider wall) : IPoolLock
{
    private const string Namespace = "kube-system";
    private static readonly int[] Missing = [404];
    private static readonly int[] Lost = [404, 409];

    /// <inheritdoc/>
    public async Task<string?> AcquireAsync(string pool, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var lease = await ReadAsync(pool, cancellationToken).ConfigureAwait(false);
        var spec = lease?.Spec;
        if (!string.IsNullOrEmpty(spec?.HolderIdentity) && spec.HolderIdentity != holder
            && spec.RenewTime?.AddSeconds(spec.LeaseDurationSeconds ?? 0) > wall.GetUtcNow().UtcDateTime)
        {
            return spec.HolderIdentity;
        }

        var mine = spec?.HolderIdentity == holder;
        var now = MicroTime();
        var wanted = new V1LeaseSpec
        {
            HolderIdentity = holder,
            LeaseDurationSeconds = (int)Math.Ceiling(duration.TotalSeconds),
            AcquireTime = mine ? Odd(spec?.AcquireTime ?? now) : now,
            RenewTime = now,
            LeaseTransitions = spec is null ? 0 : (spec.LeaseTransitions ?? 0) + (mine ? 0 : 1),
        };
        if (await WriteAsync(pool, lease, wanted, cancellationToken).ConfigureAwait(false) is not null)
        {
            return null;
        }

        var winner = await ReadAsync(pool, cancellationToken).ConfigureAwait(false);
        return winner?.Spec?.HolderIdentity is { Length: > 0 } other ? other == holder ? null : other : "another holder";
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(string pool, string holder, CancellationToken cancellationToken)
    {
        var lease = await ReadAsync(pool, cancellationToken).ConfigureAwait(false);
        if (lease?.Spec?.HolderIdentity == holder)
        {
            var freed = new V1LeaseSpec { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = MicroTime(), LeaseTransitions = lease.Spec.LeaseTransitions };
            await WriteAsync(pool, lease, freed, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Name(string pool) => $"fleet-{pool}";

    /// <summary>A MicroTime wants six fraction digits, and one client writes none for a whole second: a microsecond more keeps clear of it.</summary>
    private static DateTime Odd(DateTime time) => time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.AddTicks(TimeSpan.TicksPerMicrosecond) : time;

    private DateTime MicroTime()
    {
        var now = wall.GetUtcNow().UtcDateTime;
        return Odd(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)));
    }

    private Task<V1Lease?> ReadAsync(string pool, CancellationToken cancellationToken) => calls.MakeAsync(
        $"read lease {Namespace}/{Name(pool)}",
        () => calls.Client.CoordinationV1.ReadNamespacedLeaseAsync(name: Name(pool), namespaceParameter: Namespace, cancellationToken: cancellationToken), Missing, cancellationToken);

    private Task<V1Lease?> WriteAsync(string pool, V1Lease? known, V1LeaseSpec spec, CancellationToken cancellationToken)
    {
        var body = new V1Lease
        {
            ApiVersion = "coordination.k8s.io/v1",
            Kind = "Lease",
            Metadata = known?.Metadata ?? new V1ObjectMeta { Name = Name(pool), NamespaceProperty = Namespace },
            Spec = spec,
        };
        return calls.MakeAsync(
            $"write lease {Namespace}/{Name(pool)}",
            () => known is null
                ? calls.Client.CoordinationV1.CreateNamespacedLeaseAsync(body: body, namespaceParameter: Namespace, fieldManager: "fleet", cancellationToken: cancellationToken)
                : calls.Client.CoordinationV1.ReplaceNamespacedLeaseAsync(body: body, name: Name(pool), namespaceParameter: Namespace, fieldManager: "fleet", cancellationToken: cancellationToken),
            Lost, cancellationToken);
    }
}
