using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations;
using Fleet.Simulation.Records;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Rotations that lack one safeguard each, and the random worlds that show what it is good for.</summary>
internal static class Mutants
{
    /// <summary>A rotation whose evictions do not say which pod of that name is meant; the uid is the adapter's part, so it is taken away before it.</summary>
    public const string EvictionUid = "EvictionUid";

    /// <summary>Every safeguard, and what adapters add.</summary>
    public static readonly ImmutableArray<string> All = [.. Enum.GetNames<Safeguard>(), EvictionUid];

    /// <summary>The rule that the mutant breaks before the world's own eyes, and seeds of worlds in which it does; <c>bash tests/campaign.sh mutants</c> finds more.</summary>
    public static readonly ImmutableDictionary<string, (SafetyRule Breaks, int[] Seeds)> Known = new Dictionary<string, (SafetyRule, int[])>
    {
        [nameof(Safeguard.Canary)] = (SafetyRule.Canary, [4, 6, 7, 251]),
        [nameof(Safeguard.Completion)] = (SafetyRule.Loss, [26, 46, 332]),
        [nameof(Safeguard.CordonFirst)] = (SafetyRule.Cordoned, [1, 2, 3]),
        [nameof(Safeguard.Decrement)] = (SafetyRule.Restored, [1, 2, 5, 251]),
        [nameof(Safeguard.Drain)] = (SafetyRule.Drained, [1, 2, 3, 4]),
        [nameof(Safeguard.EvenZones)] = (SafetyRule.Drained, [34, 1008, 1011, 1100]),
        [nameof(Safeguard.Exclusions)] = (SafetyRule.Window, [22, 95, 104]),
        [nameof(Safeguard.Force)] = (SafetyRule.Budget, [358, 362, 442]),
        [nameof(Safeguard.ForeignMarks)] = (SafetyRule.ForeignMark, [1, 17, 42, 47]),
        [nameof(Safeguard.FreshDesired)] = (SafetyRule.Desired, [11, 18, 254, 259]),
        [nameof(Safeguard.FreshMax)] = (SafetyRule.ForeignMark, [11, 16, 20, 270]),
        [nameof(Safeguard.Limits)] = (SafetyRule.Ends, [180, 419]),
        [nameof(Safeguard.LoadBalancers)] = (SafetyRule.LoadBalancer, [2, 3, 4, 251]),
        [nameof(Safeguard.LocalData)] = (SafetyRule.Loss, [50, 259, 271, 284]),
        [nameof(Safeguard.MarksAfterCanary)] = (SafetyRule.Canary, [1, 2, 3, 251]),
        [nameof(Safeguard.MarksBack)] = (SafetyRule.Restored, [25, 49, 50, 54]),
        [nameof(Safeguard.MaxBack)] = (SafetyRule.Restored, [7, 9, 253, 254]),
        [nameof(Safeguard.MaxFits)] = (SafetyRule.Desired, [58, 85]),
        [nameof(Safeguard.NodeIdentity)] = (SafetyRule.NodeIdentity, [1, 19, 260, 264]),
        [nameof(Safeguard.NodeProof)] = (SafetyRule.Proof, [2, 3, 4, 251]),
        [nameof(Safeguard.NodesBack)] = (SafetyRule.Restored, [332, 349, 453, 462]),
        [nameof(Safeguard.NoScaleInWaits)] = (SafetyRule.Protection, [10, 27, 258, 303]),
        [nameof(Safeguard.Obstacles)] = (SafetyRule.Loss, [3, 4, 14, 259]),
        [nameof(Safeguard.OwnerLimit)] = (SafetyRule.ImplicitBudget, [1, 256, 262, 267]),
        [nameof(Safeguard.PinBack)] = (SafetyRule.Restored, [8, 14, 258, 268]),
        [nameof(Safeguard.PoolFloor)] = (SafetyRule.Capacity, [2, 4, 251, 252]),
        [nameof(Safeguard.ProcessesBack)] = (SafetyRule.Restored, [6, 10, 13, 256]),
        [nameof(Safeguard.Protection)] = (SafetyRule.Protection, [1, 2, 3, 251]),
        [nameof(Safeguard.ProtectionBack)] = (SafetyRule.Restored, [1, 2, 251, 253]),
        [nameof(Safeguard.ProtectionLast)] = (SafetyRule.Protection, [6, 10, 256, 259]),
        [nameof(Safeguard.Room)] = (SafetyRule.Room, [68, 280, 303, 307]),
        [nameof(Safeguard.Settle)] = (SafetyRule.ImplicitBudget, [18, 59, 298, 308]),
        [nameof(Safeguard.SuspendRebalance)] = (SafetyRule.Drained, [34, 1008, 1011, 1100]),
        [nameof(Safeguard.Volumes)] = (SafetyRule.Volumes, [2, 13, 260, 262]),
        [nameof(Safeguard.Windows)] = (SafetyRule.Window, [43, 88, 95, 103]),
        [nameof(Safeguard.ZoneFloor)] = (SafetyRule.Capacity, [3, 7, 12, 254]),
        [EvictionUid] = (SafetyRule.EvictionUid, [1, 2, 3]),
    }.ToImmutableDictionary();

    /// <summary>Worlds in which Fleet once broke a rule or found no way on.</summary>
    public static readonly ImmutableArray<int> Mended = [48, 55, 90, 113, 144, 149, 184, 196, 214, 360, 981];

    public static RehearsalOptions Without(string name, RehearsalOptions options) => name == EvictionUid
        ? options with { Wrap = ports => (options.Wrap ?? (same => same))(ports with { Evictions = new Nameless(ports.Evictions) }) }
        : options with { Round = (ports, time, chance) => new RotationRound(ports, time, chance, parallel: 1) { Safeguards = Safeguards.All.Without(Enum.Parse<Safeguard>(name)) } };

    private sealed class Nameless(IEvictions inner) : IEvictions
    {
        public Task<EvictionAnswer> EvictAsync(Pod pod, CancellationToken cancellationToken) => inner.EvictAsync(pod with { Uid = null! }, cancellationToken);

        public Task<EvictionAnswer> DeleteAsync(Pod pod, CancellationToken cancellationToken) => inner.DeleteAsync(pod, cancellationToken);
    }
}
