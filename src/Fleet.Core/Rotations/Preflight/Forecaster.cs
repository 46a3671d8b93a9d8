using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>
/// Reckons the makespan before a start. A slot is boot + minReady + max(drain, load-balancer wait) + settle + release; the bound is the greatest of what the slots, the longest slot and each budget demand,
/// with the canary's whole slot in front.
/// </summary>
internal static class Forecaster
{
    private static readonly TimeSpan AssumedBoot = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan AssumedSettle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AssumedRelease = TimeSpan.FromSeconds(20);

    public static Forecast Of(RotationPolicy policy, int total, DrainRound drains, IReadOnlyList<Node?> nodes, ImmutableArray<BudgetLoad> budgets, IReadOnlyDictionary<string, InstanceFacts> facts)
    {
        var boot = Boot(nodes, facts);
        if (nodes.Count == 0)
        {
            return new Forecast(TimeSpan.Zero, TimeSpan.Zero, "nothing is outdated", boot);
        }

        var width = Math.Max(1, policy.SurgeFor(total) + policy.UnavailableFor(total));
        var slots = nodes.Select(node => Slot(policy, boot, node is null ? TimeSpan.Zero : drains.Of(node.Name).LongestGrace)).ToList();
        var canary = slots.Min();
        var longest = slots.Max();
        var sum = slots.Aggregate(TimeSpan.Zero, (all, slot) => all + slot) - canary;
        var soaks = policy.Checkpoints.Aggregate(TimeSpan.Zero, (all, checkpoint) => all + checkpoint.Soak);
        List<(TimeSpan Time, string Why)> terms =
        [
            (sum / Math.Min(width, Math.Max(1, nodes.Count - 1)), $"{nodes.Count} nodes in {width} slots at a time"),
            (nodes.Count > 1 ? longest : TimeSpan.Zero, "the longest single node"),
            .. budgets.Where(load => load.MaxEver > 0).Select(load => (AssumedSettle * load.LeastRounds!.Value, $"poddisruptionbudget {load.Budget.Key} allows {load.MaxEver} at a time for {load.Pods} pods")),
        ];
        var (time, why) = terms.MaxBy(term => term.Time);
        var bound = canary + time + soaks;

        // The width doubles with each success: about two slots pass before it is full.
        var growth = width > 1 ? 0.6 * canary : TimeSpan.Zero;
        return new Forecast(bound + growth, bound, why, boot);
    }

    private static TimeSpan Slot(RotationPolicy policy, TimeSpan boot, TimeSpan drain) =>
        boot + policy.MinReady + (drain > policy.LoadBalancerWait ? drain : policy.LoadBalancerWait) + AssumedSettle + AssumedRelease;

    private static TimeSpan Boot(IReadOnlyList<Node?> nodes, IReadOnlyDictionary<string, InstanceFacts> facts)
    {
        var seen = nodes.OfType<Node>()
            .Where(node => node.InstanceId is { } id && facts.ContainsKey(id))
            .Select(node => node.Created - facts[node.InstanceId!].Launched)
            .Where(boot => boot > TimeSpan.Zero && boot < TimeSpan.FromHours(1))
            .Order()
            .ToList();
        return seen.Count == 0 ? AssumedBoot : seen[seen.Count / 2];
    }
}
