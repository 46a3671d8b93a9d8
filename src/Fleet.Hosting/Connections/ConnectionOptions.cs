using Fleet.Aws;
using Fleet.Core.Disruption;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Connections;

/// <summary>How clusters are reached.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Policy time: timeouts, soaks, ages.</summary>
    public required TimeProvider Policy { get; init; }

    /// <summary>The wall clock: leases, HTTP, certificates.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Seed of jitter. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Kubeconfigs that clusters name, with their paths; null: clusters name paths themselves, as on the command line. Default null.</summary>
    public IReadOnlyDictionary<string, string>? Kubeconfigs { get; init; }

    /// <summary>Places elsewhere that name pools' images. Default none.</summary>
    public IHooks Hooks { get; init; } = NoHooks.Instance;

    /// <summary>The account of a cluster. Default: the cluster's region, the rest by the SDK's own chain.</summary>
    public Func<ClusterSpec, AwsOptions> Account { get; init; } = cluster => new AwsOptions { Region = cluster.Region };

    /// <summary>The path of a cluster's kubeconfig; null for the usual places.</summary>
    /// <exception cref="ClusterUnreachableException">It names one that is not known.</exception>
    public string? KubeconfigOf(ClusterSpec cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return Kubeconfigs is null || cluster.Kubeconfig is not { } named || !Formats.Name.Accepts(named) ? cluster.Kubeconfig
            : Kubeconfigs.TryGetValue(named, out var path) ? path
            : throw new ClusterUnreachableException("unknown-kubeconfig", $"cluster {cluster.Name} names the kubeconfig '{named}', and the server's settings have none of that name under kubeconfigs{NearestNames.Hint(named, Kubeconfigs.Keys)}");
    }
}
