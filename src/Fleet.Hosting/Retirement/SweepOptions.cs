using Fleet.Aws;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Retirement;

/// <summary>How sweeps are driven.</summary>
public sealed record SweepOptions
{
    /// <summary>Policy time.</summary>
    public required TimeProvider Policy { get; init; }

    /// <summary>The wall clock.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Seed of ids. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How accounts are reached, as those of clusters are. Default: the region, the rest by the SDK's own chain.</summary>
    public Func<ClusterSpec, AwsOptions> Account { get; init; } = cluster => new AwsOptions { Region = cluster.Region };
}
