using System.Collections.Immutable;

namespace Fleet.Simulation.Worlds;

/// <summary>An image of a world.</summary>
public sealed record ImageSpec
{
    /// <summary>Id, <c>ami-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name. Default: the id.</summary>
    public string? Name { get; init; }

    /// <summary>Architecture. Default: x86_64.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary>How long before the start it was made. Default: 30 days.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Version of its kubelet. Default: v1.33.2.</summary>
    public string Kubelet { get; init; } = "v1.33.2";

    /// <summary>Tags. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Name of its root device. Default: /dev/xvda.</summary>
    public string RootDevice { get; init; } = "/dev/xvda";

    /// <summary>Whether its machines run but never join the cluster.</summary>
    public bool NeverBoots { get; init; }

    /// <summary>Whether its nodes register but never become Ready.</summary>
    public bool NeverReady { get; init; }
}
