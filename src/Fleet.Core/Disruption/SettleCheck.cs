using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>
/// Whether what slots have evicted is made good. Slots may share an owner, and a new pod does not tell whose place it takes: the owner's shortage is charged to the latest slots,
/// so that the earliest close first and no new pod counts twice. It belongs to one round and one thread.
/// </summary>
public sealed class SettleCheck
{
    private readonly DrainRound round;
    private readonly ILookup<string, OwnerMark> open;
    private readonly ILookup<string, OwnerMark> all;
    private readonly Dictionary<string, Dictionary<OwnerMark, int>> lacking = [];

    /// <summary>Prepares the marks of all open slots.</summary>
    /// <param name="round">The round.</param>
    /// <param name="open">Marks of all open slots; of the same instant the earlier one stands first.</param>
    /// <param name="settled">Marks of slots that have settled a moment ago; null for none.</param>
    public SettleCheck(DrainRound round, IEnumerable<OwnerMark> open, IEnumerable<OwnerMark>? settled = null)
    {
        List<OwnerMark> marks = [.. open];
        this.round = round;
        this.open = marks.ToLookup(mark => mark.OwnerUid);
        all = marks.Concat(settled ?? []).ToLookup(mark => mark.OwnerUid);
    }

    /// <summary>
    /// Why an owner has not settled for a slot; null when it is back to what it wants or had, when what it lacks is evicted by later slots, when all its pods since are ready and only older
    /// ones fail, or when it is gone or scaled to nothing.
    /// </summary>
    /// <param name="mark">The slot's mark, one of the open ones.</param>
    public Reason? Waiting(OwnerMark mark)
    {
        var missing = Lacking(mark.OwnerUid).GetValueOrDefault(mark);
        if (missing == 0)
        {
            return null;
        }

        var name = OwnerReasons.Name(round.View, mark.OwnerUid);
        var ready = round.ReadyOf(mark.OwnerUid);
        var target = Target(mark);
        return new()
        {
            Code = DisruptionCodes.Settling,
            Sentence = $"{name} has {ready} of {target} pods ready; {missing} of the {mark.Evicted} evicted are not made good",
            Object = name,
            Limit = $"{target} ready",
            Value = $"{ready} ready",
            Cure = "wait until its new pods are ready; look at their events if they do not become so",
        };
    }

    /// <summary>
    /// By uid of the owner: pods that slots have evicted and that may not be made good yet; others are left out. While a pod that was made since is not ready,
    /// what became ready meanwhile may make good what others took: an owner is held to have lost as many as that, too, until such a pod has had its time.
    /// </summary>
    /// <param name="now">Policy time.</param>
    public IReadOnlyDictionary<string, int> Disrupted(DateTimeOffset now)
    {
        var disrupted = new Dictionary<string, int>();
        foreach (var owner in all)
        {
            if (Math.Max(InFlight(owner.Key), Math.Min(Coming(owner.Key, owner.Min(mark => mark.Since), now), owner.Sum(mark => mark.Evicted))) is > 0 and var missing)
            {
                disrupted[owner.Key] = missing;
            }
        }

        return disrupted;
    }

    /// <summary>Pods of an owner that were made since an instant, are not ready, and have not had their time.</summary>
    public int Coming(string ownerUid, DateTimeOffset since, DateTimeOffset now)
    {
        var (made, young) = (Seconds(since), now - round.Policy.SettleTimeout);
        return round.LiveOf(ownerUid).UnreadySince(made > young ? made : young);
    }

    /// <summary>Pods of one owner that open slots have evicted and that are not made good yet.</summary>
    public int InFlight(string ownerUid) => Lacking(ownerUid).Values.Sum();

    /// <summary>What an owner lacks for each of its marks, which are told apart by their place and not by their value.</summary>
    private Dictionary<OwnerMark, int> Lacking(string ownerUid)
    {
        if (lacking.TryGetValue(ownerUid, out var known))
        {
            return known;
        }

        lacking[ownerUid] = known = new(ReferenceEqualityComparer.Instance);
        var later = 0;
        foreach (var mark in open[ownerUid].OrderBy(mark => mark.Since).Reverse())
        {
            known[mark] = Lacking(mark, later);
            later += mark.Evicted;
        }

        return known;
    }

    private int Lacking(OwnerMark mark, int later)
    {
        var known = round.View.Owners.TryGetValue(mark.OwnerUid, out var owner);
        if (known ? owner!.Wanted == 0 : !round.View.ByOwner.ContainsKey(mark.OwnerUid))
        {
            return 0;
        }

        var shortage = Target(mark) - round.ReadyOf(mark.OwnerUid);
        return shortage <= later || OnlyOlderPodsFail(mark, owner) ? 0 : Math.Min(shortage - later, mark.Evicted);
    }

    private int Target(OwnerMark mark) =>
        round.View.Owners.TryGetValue(mark.OwnerUid, out var owner) ? Math.Min(owner.Wanted, mark.ReadyBefore) : mark.ReadyBefore;

    // As many new pods as were evicted are ready, none is on its way and none is missing: what lacks failed by itself.
    private bool OnlyOlderPodsFail(OwnerMark mark, Owner? owner)
    {
        var since = Seconds(mark.Since);
        var live = round.LiveOf(mark.OwnerUid);

        // A pod made for an earlier slot may still be on its way; only one that had its time fails by itself.
        var onItsWay = live.LatestUnready >= since - round.Policy.SettleTimeout;
        return !onItsWay && live.Count >= (owner?.Wanted ?? mark.ReadyBefore) && live.MadeSince(since) >= mark.Evicted;
    }

    /// <summary>Creation times on the wire are cut to whole seconds.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond));
}
