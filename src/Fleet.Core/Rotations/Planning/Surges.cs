using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Actions;

namespace Fleet.Core.Rotations.Planning;

/// <summary>How many instances above the wanted number there shall be, and where.</summary>
internal static class Surges
{
    /// <summary>How long nothing may be admissible before the surge grows beyond the width, up to its reach.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Update(Round round, Fleets fleets)
    {
        var left = Next(round, Left(round, fleets));
        var raised = round.State.Groups.Values.Sum(Raised) + round.Seen.Groups.Sum(Excess);
        var missing = Target(round, left) - raised;
        foreach (var group in round.Seen.Groups.OrderByDescending(group => Need(round, left, group.Name)).ThenBy(group => group.Name, StringComparer.Ordinal))
        {
            var state = round.State.Groups[group.Name];
            var take = Math.Min(missing, round.State.Halt == RotationHalt.Cancel ? Evening.IsUneven(round, group) ? 1 : 0 : Need(round, left, group.Name));
            if (take > 0 && !Blocked(round) && round.State.Halt != RotationHalt.Cancel)
            {
                take = ZoneShares.Of(round, fleets, group).Useful(take);
            }

            if (take > 0 && state.Pending is null && !round.State.Slots.Any(slot => slot is { Decrement: true, Counted: false } && slot.Group == group.Name))
            {
                Raise(round, group, state, take);
                missing -= take;
            }
        }
    }

    /// <summary>Whether the end of a slot's instance lowers desired: only where the surge shrinks, and never below min.</summary>
    public static bool Decrements(Round round, Fleets fleets, Slot slot)
    {
        var group = round.Group(slot.Group)!;
        if (!round.Keeps(Safeguard.Decrement))
        {
            return group.Desired > group.Min;
        }

        var leaving = round.State.Slots.Count(known => known is { Decrement: true, Counted: false } && known.Group == slot.Group);
        if (RaisedIn(round, slot.Group) - leaving <= 0 || group.Desired - 1 - leaving < group.Min)
        {
            return false;
        }

        var outdated = fleets.Members.Any(member => member.Id == slot.InstanceId && member.Outdated);
        if (round.State.Halt == RotationHalt.Cancel)
        {
            return slot.Role == SlotRole.Retire || Evening.KeepsEven(round, fleets, group, slot);
        }

        return slot.Role == SlotRole.Retire || MovesOn(round, fleets, slot) || ZoneShares.Of(round, fleets, group, slot).ShrinksBy(slot.Zone, outdated);
    }

    /// <summary>Whether the surge goes to another group with a slot's end: of its own only nodes are left that go when all others are done, and those wait for surge elsewhere.</summary>
    private static bool MovesOn(Round round, Fleets fleets, Slot slot)
    {
        var next = Next(round, [.. Left(round, fleets).Where(member => member.Id != slot.InstanceId)]);
        return !MayGrow(round) && next.Count > 0 && next.TrueForAll(member => member.Group.Name != slot.Group && RaisedIn(round, member.Group.Name) == 0);
    }

    /// <summary>Those that surge is for now: all others before those that go last.</summary>
    private static List<Fleets.Member> Next(Round round, List<Fleets.Member> left) =>
        round.Policy.DrainRules.Any(rule => rule.Class == DrainClass.Last) && left.FindAll(member => !Admissions.IsLast(round, member)) is { Count: > 0 } others ? others : left;

    /// <summary>Outdated instances whose end is not yet decided.</summary>
    private static List<Fleets.Member> Left(Round round, Fleets fleets) =>
        [.. fleets.Outdated.Where(member => !round.State.Quarantined.ContainsKey(member.Id) && round.SlotOf(member.Id) is not { Phase: SlotPhase.Terminating })];

    /// <summary>How much of a group's desired is Fleet's surge, a raise on its way included.</summary>
    public static int RaisedIn(Round round, string group) => Raised(round.State.Groups[group]);

    /// <summary>Whether any group launches instances by itself, or is about to be told to.</summary>
    public static bool Coming(Round round, Fleets fleets) => round.Seen.Groups.Any(group => ZoneShares.Of(round, fleets, group).Coming);

    /// <summary>Instances that a group has above what it wants; the next that goes is not replaced.</summary>
    public static int Excess(ScalingGroup group) => Math.Max(0, group.Instances.Count(instance => instance.InService || instance.Pending) - group.Desired);

    /// <summary>Whether nothing has been admissible for a while, nothing is on its way that could change that, and so a launch in the wrong zone is better than none.</summary>
    public static bool Blocked(Round round) =>
        round.State.BlockedSince is { } since && round.Now - since >= Patience && round.State.Joining.Count == 0 && round.State.Slots.IsEmpty;

    /// <summary>Whether the cap permits more surge than there is.</summary>
    public static bool MayGrow(Round round) => round.State.Groups.Values.Sum(Raised) < round.SurgeCap;

    private static int Target(Round round, List<Fleets.Member> left)
    {
        if (round.State.Halt == RotationHalt.Cancel)
        {
            return Evening.MustExchange(round) ? 1 : 0;
        }

        var surge = Math.Min(Math.Min(WidthToCome(round), round.SurgeCap), left.Count);
        return Blocked(round) && round.SurgeWouldHelp && left.Count > 0 ? Math.Max(surge, Math.Min(round.SurgeReach, round.State.Groups.Values.Sum(Raised) + 1)) : surge;
    }

    /// <summary>The width once the drained nodes' slots have closed well: what it needs then boots while they wait for load balancers and settle. Before the canary has passed nothing is launched ahead.</summary>
    private static int WidthToCome(Round round)
    {
        var closing = round.State.CanaryPassed ? round.State.Slots.Count(slot => slot is { Role: SlotRole.Replace, Failed: false, Phase: SlotPhase.Settling or SlotPhase.Terminating }) : 0;
        return (int)Math.Min(round.SurgeCap, (long)round.Width << Math.Min(closing, 20));
    }

    private static int Raised(GroupState state) => state.Raised + (state.Pending is { } pending ? pending.To - pending.From : 0);

    private static int Need(Round round, List<Fleets.Member> left, string group) =>
        left.Count(member => member.Group.Name == group) is var count && round.State.BlockedSince is not null
            ? (count > 0 ? Math.Max(1, count - Raised(round.State.Groups[group])) : 0)
            : Math.Max(0, count - Raised(round.State.Groups[group]));

    private static void Raise(Round round, ScalingGroup group, GroupState state, int by)
    {
        if (round.State.Slots.IsEmpty && round.State.BlockedSince is null && round.Seen.GroupsAt < round.Now - TimeSpan.FromSeconds(30))
        {
            round.RefreshGroupsWithin(TimeSpan.FromSeconds(5));
        }

        var to = group.Desired + by;
        if (to > group.Max)
        {
            round.Owe(LedgerKinds.Max, group.Name, $"{group.Max}", $"{to}");
            round.SetGroup(group.Name, state with { MaxFrom = group.Max });
            round.Do(new RaiseMax(group.Name, group.Max, to), $"raise max of {group.Name} from {group.Max} to {to} to make room for the surge");
            round.RefreshGroupsWithin(TimeSpan.Zero);
            return;
        }

        round.Owe(LedgerKinds.Desired, group.Name, null, $"{state.Raised + by:+0;-0;0}");
        if (round.Do(new RaiseDesired(group.Name, group.Desired, to), $"raise desired of {group.Name} from {group.Desired} to {to}"))
        {
            round.SetGroup(group.Name, state with { Pending = new PendingRaise(group.Desired, to, round.Now) });
            round.RefreshGroupsWithin(TimeSpan.Zero);
        }
    }
}
