using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>A machine image (AMI).</summary>
public sealed record Image
{
    /// <summary>Id, <c>ami-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, unique per account and region.</summary>
    public required string Name { get; init; }

    /// <summary>Account that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>Processor architecture, <c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary><c>available</c>, <c>pending</c>, <c>failed</c>, <c>disabled</c>, <c>deregistered</c>.</summary>
    public string State { get; init; } = "available";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Snapshots of its block devices, the root device's first.</summary>
    public ImmutableArray<string> Snapshots { get; init; } = [];

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Accounts that may launch from it beside its owner.</summary>
    public ImmutableSortedSet<string> SharedWith { get; init; } = [];

    /// <summary>From when on it is deprecated; null where it is not.</summary>
    public DateTimeOffset? DeprecateAt { get; init; }

    /// <summary>Version of the instance metadata service that its instances have; null leaves it to the launch.</summary>
    public string? ImdsSupport { get; init; } = "v2.0";

    /// <summary>Name of its root device. Default: /dev/xvda.</summary>
    public string RootDevice { get; init; } = "/dev/xvda";

    /// <summary>World only: version of the kubelet on it. Default: v1.33.2.</summary>
    public string KubeletVersion { get; init; } = "v1.33.2";

    /// <summary>World only: what its machines are like from within; null for the defaults with that kubelet.</summary>
    public Hosts.HostFacts? Host { get; init; }

    /// <summary>World only: instances of this image run but never join the cluster.</summary>
    public bool NeverBoots { get; init; }

    /// <summary>World only: nodes of this image register but never become Ready.</summary>
    public bool NeverReady { get; init; }
}
