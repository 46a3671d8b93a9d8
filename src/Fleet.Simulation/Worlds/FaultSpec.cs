using System.Collections.Immutable;

namespace Fleet.Simulation.Worlds;

/// <summary>What goes wrong in a world. Launches count from the start of the world: 1 is the first launch after it.</summary>
public sealed record FaultSpec
{
    /// <summary>Launches that run but never join the cluster.</summary>
    public ImmutableArray<int> NeverBoots { get; init; } = [];

    /// <summary>Launches whose node registers but never becomes Ready.</summary>
    public ImmutableArray<int> NeverReady { get; init; } = [];

    /// <summary>Times without capacity in a zone.</summary>
    public ImmutableArray<OutageSpec> Outages { get; init; } = [];

    /// <summary>Times in which pods are not ready.</summary>
    public ImmutableArray<UnreadySpec> Unready { get; init; } = [];

    /// <summary>Faults of calls.</summary>
    public ImmutableArray<CallFaultSpec> Calls { get; init; } = [];
}
