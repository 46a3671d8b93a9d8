using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>
/// Whether what slots have evicted is made good. Slots may share an owner, and a new pod does not tell whose place it takes: the owner's shortage is charged to the latest slots,
/// so that the earliest close first and no new pod counts twice.
/// </summary>
public static class SettleCheck
{
    /// <summary>
    /// Why an owner has not settled for a slot; null when it is back to what it wants or had, when what it lacks is evicted by later slots, when all its pods since are ready and only older
    /// ones fail, or when it is gone or scaled to nothing.
    /// </summary>
    /// <param name="round">The round.</param>
    /// <param name="mark">The slot's mark.</param>
    /// <param name="open">Marks of all open slots; null for this one alone.</param>
    public static Reason? Waiting(DrainRound round, OwnerMark mark, IEnumerable<OwnerMark>? open = null)
    {
        var lacking = Lacking(round, mark, open ?? []);
        if (lacking == 0)
        {
            return null;
        }

        var name = OwnerReasons.Name(round.View, mark.OwnerUid);
        var ready = round.ReadyOf(mark.OwnerUid);
        var target = Target(round, mark);
        return new()
        {
            Code = DisruptionCodes.Settling,
            Sentence = $"{name} has {ready} of {target} pods ready; {lacking} of the {mark.Evicted} evicted are not made good",
            Object = name,
            Limit = $"{target} ready",
            Value = $"{ready} ready",
            Cure = "wait until its new pods are ready; look at their events if they do not become so",
        };
    }

    /// <summary>By uid of the owner: pods that open slots have evicted and that are not made good yet; owners that have settled are left out.</summary>
    public static IReadOnlyDictionary<string, int> InFlight(DrainRound round, IEnumerable<OwnerMark> open)
    {
        var inFlight = new Dictionary<string, int>();
        foreach (var marks in open.GroupBy(mark => mark.OwnerUid).Select(marks => marks.ToList()))
        {
            var lacking = marks.Sum(mark => Lacking(round, mark, marks));
            if (lacking > 0)
            {
                inFlight[marks[0].OwnerUid] = lacking;
            }
        }

        return inFlight;
    }

    private static int Lacking(DrainRound round, OwnerMark mark, IEnumerable<OwnerMark> open)
    {
        var known = round.View.Owners.TryGetValue(mark.OwnerUid, out var owner);
        if (known ? owner!.Wanted == 0 : !round.View.ByOwner.ContainsKey(mark.OwnerUid))
        {
            return 0;
        }

        var shortage = Target(round, mark) - round.ReadyOf(mark.OwnerUid);
        if (shortage <= 0 || OnlyOlderPodsFail(round, mark, owner))
        {
            return 0;
        }

        // Marks of the same instant are told apart by their place in the list.
        var later = open.Where(other => other.OwnerUid == mark.OwnerUid).OrderBy(other => other.Since).SkipWhile(other => !ReferenceEquals(other, mark)).Skip(1).Sum(other => other.Evicted);
        return Math.Clamp(shortage - later, 0, mark.Evicted);
    }

    private static int Target(DrainRound round, OwnerMark mark) =>
        round.View.Owners.TryGetValue(mark.OwnerUid, out var owner) ? Math.Min(owner.Wanted, mark.ReadyBefore) : mark.ReadyBefore;

    // As many new pods as were evicted are ready, none is on its way and none is missing: what lacks failed by itself.
    private static bool OnlyOlderPodsFail(DrainRound round, OwnerMark mark, Owner? owner)
    {
        // Creation times on the wire are cut to whole seconds.
        var since = mark.Since.AddTicks(-(mark.Since.Ticks % TimeSpan.TicksPerSecond));
        var live = round.View.PodsOf(mark.OwnerUid).Where(pod => pod.DeletionDue is null && !pod.Finished).ToList();

        // A pod made for an earlier slot may still be on its way; only one that had its time fails by itself.
        var onItsWay = live.Any(pod => !pod.Ready && pod.Created >= since - round.Policy.SettleTimeout);
        return !onItsWay && live.Count >= (owner?.Wanted ?? mark.ReadyBefore) && live.Count(pod => pod.Created >= since) >= mark.Evicted;
    }
}
