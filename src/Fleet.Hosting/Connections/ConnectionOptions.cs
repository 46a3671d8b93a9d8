using Fleet.Aws;
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

    /// <summary>The account of a cluster. Default: the cluster's region, the rest by the SDK's own chain.</summary>
    public Func<ClusterSpec, AwsOptions> Account { get; init; } = cluster => new AwsOptions { Region = cluster.Region };
}
