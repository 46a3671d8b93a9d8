using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>Which node goes next: only one whose pods have room elsewhere, whose budgets and owners can spare them now, and without which enough ready nodes stay.</summary>
internal static class Admissions
{
    /// <summary>How long the successor of a pod is waited for: a controller makes it at once, unless something keeps it from that.</summary>
    private static readonly TimeSpan Successor = TimeSpan.FromSeconds(10);

    public static void Update(Round round, Fleets fleets)
    {
        var open = round.State.Slots.Count(slot => slot.Role != SlotRole.Discard);
        var candidates = Free(round, fleets);
        if (candidates.Count == 0 || open >= round.Width)
        {
            round.State = round.State with { BlockedSince = null };
            return;
        }

        if (round.State.SoakUntil is { } soak && soak > round.Now)
        {
            round.Wait(PlanReasons.Soak(soak, round.State.Replaced));
            round.LookBy(soak);
            round.Progress();
            return;
        }

        if (round.State is { CanaryClosed: true, CanaryPassed: false, Halt: RotationHalt.None } && (round.State.Joining.Count > 0 || Surges.Coming(round, fleets)))
        {
            // Without surge the canary's own replacement is the first to show what the image is worth.
            round.Wait(PlanReasons.CanaryProof(round.Spec.Pool.Name, round.Policy.JoinTimeout));
            return;
        }

        if (NotMadeYet(round) is { } owner)
        {
            round.Wait(PlanReasons.SuccessorToCome(OwnerReasons.Name(round.Cluster, owner)));
            round.LookIn(TimeSpan.FromSeconds(1));
            return;
        }

        var held = round.State.Halt == RotationHalt.Cancel ? [] : ZoneShares.Held(round, fleets);
        bool Waits(Fleets.Member member) => member.Node is { Ready: true } && held.Contains((member.Group.Name, member.Zone));

        var reasons = new List<Reason>();
        var first = candidates.Where(member => !Waits(member)).ToList();
        var admitted = Admit(round, fleets, new AdmissionDesk(round, fleets), first, round.Width - open, reasons);
        if (admitted == 0 && MayRelax(round, fleets))
        {
            admitted = Admit(round, fleets, new AdmissionDesk(round, fleets, relaxed: true), first, 1, reasons);
        }

        if (admitted == 0 && round.State.Halt == RotationHalt.Cancel)
        {
            // A cancelled run gives its surge back by an old node where that can go, else by a new one.
            admitted = Admit(round, fleets, new AdmissionDesk(round, fleets), Surplus(round, fleets), 1, reasons);
        }

        if (admitted == 0 && candidates.Find(Waits) is { } last)
        {
            reasons.Add(PlanReasons.ZoneHeld(last.Group.Name, last.Zone));
        }

        if (admitted == 0 && Surges.Blocked(round) && !Surges.MayGrow(round))
        {
            admitted = Admit(round, fleets, new AdmissionDesk(round, fleets), [.. candidates.Where(Waits)], 1, reasons);
        }

        Blocked(round, fleets, admitted, reasons);
    }

    /// <summary>
    /// An owner of which a node that was drained a moment ago had a pod whose successor nobody has made yet: a StatefulSet makes it when the old one is gone. Until it is there nothing keeps a place for it, and another node could take the only one.
    /// </summary>
    private static string? NotMadeYet(Round round) => round.State.Slots
        .Where(slot => slot.Phase == SlotPhase.Settling && round.Now - slot.Since < Successor)
        .SelectMany(slot => slot.Owners)
        .FirstOrDefault(mark => round.Cluster.Owners.TryGetValue(mark.OwnerUid, out var owner) && round.Drain.LiveOf(mark.OwnerUid).Count < owner.Wanted)?.OwnerUid;

    private static int Admit(Round round, Fleets fleets, AdmissionDesk desk, List<Fleets.Member> candidates, int places, List<Reason> reasons)
    {
        var admitted = 0;

        // The floors cost nothing to ask: who does not pass them need not be put in order.
        var kept = candidates.Where(candidate => desk.Floor(candidate) is not null).ToHashSet();
        reasons.AddRange(kept.SelectMany(desk.Refuses));
        foreach (var candidate in Order(round, fleets, candidates, kept).Where(candidate => !kept.Contains(candidate)))
        {
            if (admitted >= places)
            {
                break;
            }

            if (desk.Refuses(candidate) is { Count: > 0 } why)
            {
                reasons.AddRange(why);
                continue;
            }

            Open(round, candidate, RoleOf(round, candidate), desk.Admit(candidate));
            admitted++;
        }

        return admitted;
    }

    /// <summary>
    /// The group chooses the zone of a launch (Amazon EC2 Auto Scaling, "Distribute instances across Availability Zones"): with fewer surge instances than zones the last outdated nodes of a zone may
    /// find the surge elsewhere for good. Then one zone may be a node short while the pool is not; its replacement comes up there, where it is emptiest.
    /// </summary>
    private static bool MayRelax(Round round, Fleets fleets) =>
        round.State.Joining.Count == 0 && round.State.Slots.IsEmpty && !Surges.Coming(round, fleets)
        && round.Seen.Groups.Max(group => group.Zones.Length) > round.SurgeCap;

    /// <summary>Opens a slot for an instance.</summary>
    public static void Open(Round round, Fleets.Member member, SlotRole role, ImmutableSortedSet<string>? holdsAlone = null)
    {
        var number = round.State.SlotsOpened + 1;
        round.State = round.State with
        {
            SlotsOpened = number,
            Proven = round.State.Proven.Remove(member.Id),
            Joining = round.State.Joining.Remove(member.Id),
            Slots = round.State.Slots.Add(new Slot
            {
                Number = number,
                Role = role,
                Group = member.Group.Name,
                InstanceId = member.Id,
                Zone = member.Zone,
                Node = member.Node?.Name,
                NodeUid = member.Node?.Uid,
                Phase = SlotPhase.Admitted,
                Admitted = round.Now,
                Since = round.Now,
                WasReady = member.Node is { Schedulable: true },
                HoldsAlone = holdsAlone ?? [],
            }),
        };
        round.Progress();
        round.LookIn(TimeSpan.FromSeconds(1));
        round.Note("node-admitted", member.Node?.Name ?? member.Id, $"{member.Node?.Name ?? member.Id} ({member.Id}, {member.Zone}) goes as number {number}: {role}");
    }

    private static List<Fleets.Member> Free(Round round, Fleets fleets)
    {
        var outdated = fleets.Outdated.Where(member => MayGo(round, member)).ToList();
        if (Retires(round, outdated.Count))
        {
            // Nothing outdated is left and still there are too many: the newest that hold least go.
            outdated = Surplus(round, fleets);
            outdated = outdated.Count > 0 ? outdated : [.. fleets.Outdated.Where(member => MayGo(round, member) && (Surges.Excess(member.Group) > 0 || round.State.Halt == RotationHalt.Cancel) && TooMany(round, member.Group))];
        }

        return outdated;
    }

    private static bool MayGo(Round round, Fleets.Member member) => member.Instance.InService && round.SlotOf(member.Id) is null && !round.State.Quarantined.ContainsKey(member.Id);

    /// <summary>New nodes of groups that have more than the outside wants.</summary>
    private static List<Fleets.Member> Surplus(Round round, Fleets fleets) =>
        [.. fleets.Current.Where(member => MayGo(round, member) && round.State.Proven.Contains(member.Id) && TooMany(round, member.Group))];

    private static bool Retires(Round round, int outdated) =>
        outdated == 0 || (round.State.Halt == RotationHalt.Cancel && !round.State.CanaryPassed);

    private static bool TooMany(Round round, ScalingGroup group)
    {
        var leaving = round.State.Slots.Count(slot => slot.Group == group.Name && !slot.Counted && slot.Phase != SlotPhase.Terminating);
        return round.State.Groups[group.Name].Raised + Surges.Excess(group) > leaving + round.State.Slots.Count(slot => slot is { Decrement: true, Counted: false } && slot.Group == group.Name);
    }

    private static SlotRole RoleOf(Round round, Fleets.Member member) => member.Outdated && !Retires(round, 1) ? SlotRole.Replace : SlotRole.Retire;

    /// <summary>
    /// The order in which nodes go: silent ones first, then zone by turns, so that all zones are done at the same time. A zone that ran out of old nodes before the others would keep its share of the surge idle.
    /// </summary>
    private static IEnumerable<Fleets.Member> Order(Round round, Fleets fleets, List<Fleets.Member> free, HashSet<Fleets.Member> kept)
    {
        var last = free.ToLookup(member => IsLast(round, member));
        var pool = last[false].ToList();
        if (pool.Count == 0)
        {
            // Databases and the like: one at a time, when all others are done; first where enough ready nodes stay.
            pool = round.State.Slots.IsEmpty ? [.. last[true].OrderBy(kept.Contains).ThenBy(member => member.Id, StringComparer.Ordinal).Take(1)] : [];
        }

        var live = fleets.Members.Where(member => round.SlotOf(member.Id) is null).CountBy(ZoneOf).ToDictionary();
        var left = pool.Exists(member => member.Outdated) ? pool.CountBy(ZoneOf).ToDictionary() : live;
        var growing = round.State.Width < round.SurgeCap + round.UnavailableCap;
        return pool
            .OrderBy(IsSilent)
            .ThenBy(member => member.Outdated ? 0 : PodsToMove(round, member))
            .ThenBy(member => (growing ? 1 : -1) * DrainSeconds(round, member))
            .ThenBy(NameOf, StringComparer.Ordinal)
            .GroupBy(ZoneOf)
            .SelectMany(zone => zone.Select((member, place) => (Member: member, Left: left[zone.Key] - place, Live: live.GetValueOrDefault(zone.Key))))
            .OrderBy(next => IsSilent(next.Member))
            .ThenByDescending(next => next.Left)
            .ThenByDescending(next => next.Live)
            .ThenBy(next => (growing ? 1 : -1) * DrainSeconds(round, next.Member))
            .ThenBy(next => NameOf(next.Member), StringComparer.Ordinal)
            .Select(next => next.Member);
    }

    private static string NameOf(Fleets.Member member) => member.Node?.Name ?? member.Id;

    private static (string Group, string Zone) ZoneOf(Fleets.Member member) => (member.Group.Name, member.Zone);

    private static int IsSilent(Fleets.Member member) => member.Node is { Ready: true } ? 1 : 0;

    /// <summary>Whether a node goes when all others are done.</summary>
    public static bool IsLast(Round round, Fleets.Member member) =>
        round.Policy.DrainRules.Any(rule => rule.Class == DrainClass.Last) && member.Node is { } node && round.Drain.Of(node.Name).Pods.Any(pod => pod is { Pending: true, Verdict.Class: DrainClass.Last });

    private static int PodsToMove(Round round, Fleets.Member member) => member.Node is { } node ? round.Drain.Of(node.Name).Pods.Count(pod => pod.Pending) : 0;

    private static long DrainSeconds(Round round, Fleets.Member member) => member.Node is { } node ? round.Drain.GraceOn(node.Name) : 0;

    private static void Blocked(Round round, Fleets fleets, int admitted, List<Reason> reasons)
    {
        if (admitted > 0 || reasons.Count == 0)
        {
            round.State = round.State with { BlockedSince = null };
            return;
        }

        foreach (var reason in reasons.DistinctBy(reason => (reason.Code, reason.Object)).Take(10))
        {
            round.Wait(reason);
        }

        round.SurgeWouldHelp = reasons.Exists(reason => reason.Code is DisruptionCodes.NoRoom or PlanReasons.CapacityFloor or PlanReasons.KeptForLast);

        // While a surge instance is on its way, or an open slot gives back what is missing, nothing is stuck.
        var coming = round.State.Joining.Count > 0 || Surges.Coming(round, fleets);
        if (coming || round.State.Slots.Length > 0)
        {
            round.State = round.State with { BlockedSince = coming ? null : round.State.BlockedSince ?? round.Now };
            return;
        }

        var since = round.State.BlockedSince ?? round.Now;
        round.State = round.State with { BlockedSince = since };
        round.LookBy(since + round.Policy.AdmitTimeout);
        round.LookIn(TimeSpan.FromSeconds(31));
        if (round.Now - since >= round.Policy.AdmitTimeout)
        {
            Halting.Begin(round, RotationHalt.Stop, [PlanReasons.Limit("admit-timeout", $"pool {round.Spec.Pool.Name}", $"admitTimeout {round.Policy.AdmitTimeout.TotalMinutes:0.#} min", $"no node could be admitted for {(int)(round.Now - since).TotalMinutes} min", "cure what the other reasons name, then resume"), .. PlanReasons.Quarantined(round), .. reasons.DistinctBy(reason => (reason.Code, reason.Object)).Take(5)]);
        }
    }
}
