namespace Fleet.Core.Disruption;

/// <summary>
/// The limit that Fleet sets itself for owners that no budget protects: at most a quarter of their ready pods, and at least one, disrupted by Fleet at a time.
/// Without it parallel drains could take every replica at once.
/// </summary>
public static class ImplicitBudget
{
    /// <summary>Whether it covers a pod that no budget selects: pods of Jobs and DaemonSets and bare pods serve nobody by being many.</summary>
    public static bool Covers(Pod pod) => pod.Owner is { Kind: not ("DaemonSet" or "Job" or "Node") };

    /// <summary>The most pods of an owner that Fleet may have disrupted at a time.</summary>
    /// <param name="round">The round.</param>
    /// <param name="ownerUid">The owner.</param>
    /// <param name="inFlight">Its pods that Fleet has evicted and that are not made good yet: they were ready before.</param>
    public static int Limit(DrainRound round, string ownerUid, int inFlight)
    {
        var ready = round.ReadyOf(ownerUid) + inFlight;
        var known = round.View.Owners.TryGetValue(ownerUid, out var owner);
        return Math.Max(1, (known ? Math.Min(owner!.Wanted, ready) : ready) / 4);
    }
}
