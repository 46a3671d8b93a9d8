using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>A drawn world, its rotation and all that goes wrong in it. The same seed always draws the same.</summary>
internal sealed record RandomWorld
{
    public required int Seed { get; init; }

    public required WorldSpec World { get; init; }

    public required RotationPolicy Policy { get; init; }

    /// <summary>What others do and ask, at times after the start.</summary>
    public required ImmutableArray<(TimeSpan At, string What, Action<Stage> Do)> Events { get; init; }

    /// <summary>The crossing at which the process dies; 0 for never.</summary>
    public required int CrashAt { get; init; }

    /// <summary>How long nobody drives after that.</summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a volume takes to be detached; null for as long as usual.</summary>
    public TimeSpan? Detach { get; init; }

    /// <summary>Whether another wants one instance fewer at the very end, when Fleet begins to lift protection.</summary>
    public bool CutLate { get; init; }

    /// <summary>By how much another raises desired right after Fleet has written down that it will; 0 for not at all.</summary>
    public int MeddledDesired { get; init; }

    /// <summary>Whether another raises max right after Fleet has written down that it will.</summary>
    public bool MeddledMax { get; init; }

    /// <summary>The termination after which the process dies and another scales out, so that the dead node's name is given again; 0 for none.</summary>
    public int ReusedName { get; init; }

    /// <summary>Until when the run may delete pods past their budgets; null for never.</summary>
    public DateTimeOffset? ForceUntil { get; init; }

    /// <summary>When the world begins.</summary>
    public DateTimeOffset Start { get; init; } = Rotations.Worlds.Start;

    /// <summary>Windows and exclusions; null for none.</summary>
    public MaintenanceSpec? Maintenance { get; init; }

    /// <summary>Whether the cluster declares them, and not the pool.</summary>
    public bool OfCluster { get; init; }

    /// <summary>Leave to ignore them; null for none.</summary>
    public WindowWaiver? Waiver { get; init; }

    /// <summary>How long a run may take until it rests: with windows, weeks.</summary>
    public double Hours => Maintenance is null ? 30 : 30 * 24;

    /// <summary>What is asked of Fleet in this world.</summary>
    public RotationSpec Asked(RotationSpec spec) => spec with
    {
        ForceUntil = ForceUntil,
        Waiver = Waiver,
        Cluster = OfCluster ? spec.Cluster with { Maintenance = Maintenance } : spec.Cluster,
        Pool = OfCluster ? spec.Pool : spec.Pool with { Maintenance = Maintenance },
    };

    /// <summary>Names of the faults that were drawn.</summary>
    public required ImmutableSortedSet<string> Faults { get; init; }
}
