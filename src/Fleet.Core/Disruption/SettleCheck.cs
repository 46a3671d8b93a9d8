using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether what a slot has evicted is made good.</summary>
public static class SettleCheck
{
    /// <summary>Why an owner has not settled; null when it has as many newly ready pods as the slot evicted, or is back to what it wants or had, or is gone or scaled to nothing.</summary>
    public static Reason? Waiting(DrainRound round, OwnerMark mark)
    {
        var view = round.View;
        var known = view.Owners.TryGetValue(mark.OwnerUid, out var owner);
        if (known ? owner!.Wanted == 0 : !view.ByOwner.ContainsKey(mark.OwnerUid))
        {
            return null;
        }

        var target = known ? Math.Min(owner!.Wanted, mark.ReadyBefore) : mark.ReadyBefore;
        var ready = round.ReadyOf(mark.OwnerUid);
        if (ready >= target)
        {
            return null;
        }

        // Creation times on the wire are cut to whole seconds.
        var since = mark.Since.AddTicks(-(mark.Since.Ticks % TimeSpan.TicksPerSecond));
        var renewed = view.PodsOf(mark.OwnerUid).Count(pod => pod.Ready && pod.DeletionDue is null && pod.Created >= since);
        if (renewed >= mark.Evicted)
        {
            return null;
        }

        var name = OwnerReasons.Name(view, mark.OwnerUid);
        return new()
        {
            Code = DisruptionCodes.Settling,
            Sentence = $"{name} has {ready} ready pods and had {mark.ReadyBefore}; {renewed} of the {mark.Evicted} evicted are made good",
            Object = name,
            Limit = $"{target} ready, or {mark.Evicted} new",
            Value = $"{ready} ready, {renewed} new",
            Cure = "wait until its new pods are ready; look at their events if they do not become so",
        };
    }
}
