using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Simulation.Rehearsals;

/// <summary>What a rehearsal may be given besides its world.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Where the run is recorded; null for a store in memory. It must hold the inventory too.</summary>
    public IRunStore? Store { get; init; }

    /// <summary>Seed of Fleet's own chance (jitter).</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Puts something between Fleet and the world, e.g. a crash.</summary>
    public Func<RotationPorts, RotationPorts>? Wrap { get; init; }

    /// <summary>Makes the rotation's rooms, anew for each process; null for the product's own.</summary>
    public Func<RotationPorts, TimeProvider, Random, IRunRound>? Round { get; init; }

    /// <summary>Puts something between Fleet and its records; made anew for each process.</summary>
    public Func<IRunStore, IRunStore>? WrapStore { get; init; }
}
