using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Rotations that lack one safeguard each, and the random worlds that show what it is good for.</summary>
internal static class Mutants
{
    /// <summary>A rotation whose evictions do not say which pod of that name is meant; the uid is the adapter's part, so it is taken away before it.</summary>
    public const string EvictionUid = "EvictionUid";

    /// <summary>Every safeguard, and what adapters add.</summary>
    public static readonly ImmutableArray<string> All = [.. Enum.GetNames<Safeguard>(), EvictionUid];

    /// <summary>Seeds of worlds in which the mutant breaks a rule before the world's own eyes; <c>bash tests/campaign.sh mutants</c> finds more.</summary>
    public static readonly ImmutableDictionary<string, int[]> Seeds = new Dictionary<string, int[]>
    {
        [nameof(Safeguard.Canary)] = [4, 31, 34],
        [nameof(Safeguard.Completion)] = [26, 46],
        [nameof(Safeguard.Decrement)] = [1, 2, 34],
        [nameof(Safeguard.Drain)] = [1, 2, 31],
        [nameof(Safeguard.EvenZones)] = [34],
        [nameof(Safeguard.Force)] = [358],
        [nameof(Safeguard.ForeignMarks)] = [1, 47],
        [nameof(Safeguard.LoadBalancers)] = [2, 3, 31],
        [nameof(Safeguard.LocalData)] = [50],
        [nameof(Safeguard.MarksAfterCanary)] = [1, 2, 31],
        [nameof(Safeguard.MarksBack)] = [25, 34, 49],
        [nameof(Safeguard.MaxBack)] = [7, 9, 33],
        [nameof(Safeguard.NodeProof)] = [1, 2, 103],
        [nameof(Safeguard.NoScaleInWaits)] = [10, 27, 48, 258],
        [nameof(Safeguard.Obstacles)] = [3, 4, 34],
        [nameof(Safeguard.OwnerLimit)] = [1, 18, 26],
        [nameof(Safeguard.PinBack)] = [8, 32, 33],
        [nameof(Safeguard.PoolFloor)] = [2, 4, 31],
        [nameof(Safeguard.ProcessesBack)] = [6, 33, 34],
        [nameof(Safeguard.Protection)] = [1, 2, 3],
        [nameof(Safeguard.ProtectionBack)] = [1, 2, 32],
        [nameof(Safeguard.ProtectionLast)] = [6, 10, 34],
        [nameof(Safeguard.Settle)] = [18],
        [nameof(Safeguard.SuspendRebalance)] = [34],
        [nameof(Safeguard.Volumes)] = [2, 260, 262],
        [nameof(Safeguard.ZoneFloor)] = [6, 7, 31],
        [EvictionUid] = [1, 2, 3],
    }.ToImmutableDictionary();

    public static RehearsalOptions Without(string name, RehearsalOptions options) => name == EvictionUid
        ? options with { Wrap = ports => (options.Wrap ?? (same => same))(ports with { Evictions = new Nameless(ports.Evictions) }) }
        : options with { Round = (ports, time, chance) => new RotationRound(ports, time, chance, parallel: 1) { Safeguards = Safeguards.All.Without(Enum.Parse<Safeguard>(name)) } };

    private sealed class Nameless(IEvictions inner) : IEvictions
    {
        public Task<EvictionAnswer> EvictAsync(Pod pod, CancellationToken cancellationToken) => inner.EvictAsync(pod with { Uid = null! }, cancellationToken);

        public Task<EvictionAnswer> DeleteAsync(Pod pod, CancellationToken cancellationToken) => inner.DeleteAsync(pod, cancellationToken);
    }
}
