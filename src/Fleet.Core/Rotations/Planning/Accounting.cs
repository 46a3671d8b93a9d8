using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// Keeps apart what Fleet has added to desired and what the outside wants. SetDesiredCapacity has no compare-and-set, so a raise that was decided and not answered is judged by what the world shows;
/// where that stays open the greater capacity is kept.
/// </summary>
internal static class Accounting
{
    public static void Reconcile(Round round)
    {
        round.State = round.State with { Gone = round.State.Gone.RemoveRange(round.State.Gone.Where(gone => round.Seen.GroupsAt > gone.Value).Select(gone => gone.Key)) };
        foreach (var group in round.Seen.Groups)
        {
            if (round.State.Groups.TryGetValue(group.Name, out var state))
            {
                Reconcile(round, group, state);
            }
        }
    }

    private static void Reconcile(Round round, ScalingGroup group, GroupState state)
    {
        Max(round, group);
        if (state.Pending is { } open && round.Seen.GroupsAt <= open.At)
        {
            round.RefreshGroupsWithin(TimeSpan.Zero);
            return;
        }

        var expected = state.Expected;
        var raised = state.Raised;
        foreach (var slot in round.State.Slots.Where(slot => slot is { Decrement: true, Counted: false, Phase: SlotPhase.Terminating } && slot.Group == group.Name))
        {
            if (round.Seen.GroupsAt > slot.Since && IsLeaving(group, slot.InstanceId))
            {
                expected--;
                raised = Math.Max(0, raised - 1);
                round.Replace(slot with { Counted = true });
            }
        }

        if (state.Pending is { } pending)
        {
            if (WasApplied(round, group, pending))
            {
                expected = pending.To;
                raised += pending.To - pending.From;
                round.Progress();
                round.Note("desired-raised", group.Name, $"desired of {group.Name} went from {pending.From} to {pending.To}");
            }
            else
            {
                expected = pending.From;
                round.Note("raise-not-applied", group.Name, $"desired of {group.Name} was not raised from {pending.From} to {pending.To}; it is {group.Desired}");
            }
        }

        if (group.Desired != expected)
        {
            round.Note("desired-changed-outside", group.Name, $"desired of {group.Name} was changed from outside by {group.Desired - expected:+0;-0} to {group.Desired}; that is kept");
            expected = group.Desired;
            // What the outside wants is never below min: of a surge that it has cut into, only what is above min is still Fleet's.
            raised = Math.Min(raised, Math.Max(0, expected - group.Min));
        }

        var next = state with { Expected = expected, Raised = raised, Pending = null };
        if (next != state)
        {
            round.SetGroup(group.Name, next);
            if (round.IsOpen(LedgerKinds.Desired, group.Name))
            {
                round.Owe(LedgerKinds.Desired, group.Name, null, $"{raised:+0;-0;0}");
            }
        }
    }

    /// <summary>
    /// Max is what Fleet's last raise wrote, or what stood there before it or before the first; anything else was set by the outside, and the way back ends there. So it does where Fleet's own raise was never made.
    /// A further raise that was not made leaves the one before it Fleet's.
    /// </summary>
    private static void Max(Round round, ScalingGroup group)
    {
        if (round.Entry(LedgerKinds.Max, group.Name) is not { Status: LedgerStatus.Open } entry)
        {
            return;
        }

        var (before, mine) = (int.Parse(entry.Before!), int.Parse(entry.Mine!));
        var from = round.State.Groups[group.Name].MaxFrom ?? before;
        if ((group.Max != mine && group.Max != from && group.Max != before) || (group.Max == mine && mine != from && NeverMade(round, $"raise-max {group.Name}")))
        {
            round.Settle(entry, LedgerStatus.Void, $"somebody else has set max to {group.Max}");
        }
        else if (group.Max != mine && group.Max != before)
        {
            round.Owe(LedgerKinds.Max, group.Name, entry.Before, $"{from}");
        }
    }

    public static bool IsLeaving(ScalingGroup group, string instanceId) =>
        group.Instances.FirstOrDefault(instance => instance.Id == instanceId) is not { } found || found.Leaving;

    /// <summary>Whether it is known that a raise was never written: what stands there is not Fleet's, also where it happens to be the number that Fleet meant.</summary>
    private static bool NeverMade(Round round, string action) => round.Seen.Failures.GetValueOrDefault(action) is { Made: false };

    private static bool WasApplied(Round round, ScalingGroup group, PendingRaise pending)
    {
        if (NeverMade(round, $"raise-desired {group.Name}"))
        {
            return false;
        }

        if (group.Desired == pending.To)
        {
            return true;
        }

        return group.Desired != pending.From
            && round.Seen.Activities.TryGetValue(group.Name, out var activities)
            && activities.Any(activity => activity.Started >= pending.At
                && activity.Cause.Contains($"from {pending.From} to {pending.To}", StringComparison.Ordinal));
    }
}
