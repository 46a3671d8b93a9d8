using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The end: the surge shrinks to nothing, zones are even, and what Fleet has changed is put back, protection last.</summary>
internal static class Finishing
{
    /// <summary>The end is decided on what the groups are now, not on what they were before the last termination.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Whether no node has to go any more and the finish may begin; evens out zones first.</summary>
    public static bool MayBegin(Round round, Fleets fleets)
    {
        var left = fleets.Outdated.Any(member => !round.State.Quarantined.ContainsKey(member.Id));
        var surge = round.State.Groups.Values.Any(group => group.Raised > 0 || group.Pending is not null) || round.Seen.Groups.Any(group => Surges.Excess(group) > 0);
        var abandoned = fleets.Current.Any(member => Joins.IsAbandoned(round, member));
        if ((left && round.State.Halt != RotationHalt.Cancel) || surge || abandoned || !round.State.Slots.IsEmpty)
        {
            return false;
        }

        if (round.Now - round.Seen.GroupsAt > Fresh)
        {
            round.RefreshGroupsWithin(TimeSpan.Zero);
            round.LookIn(TimeSpan.FromSeconds(1));
            return false;
        }

        return round.State.Halt == RotationHalt.Cancel ? !Evening.MustExchange(round) : Undo.ZonesAreEven(round) || !EvenOut(round, fleets);
    }

    /// <summary>Whether a finish that has begun goes on. Where the outside wants fewer by now, a node must go the ordinary way before protection is lifted: else the group would take one undrained.</summary>
    public static bool GoesOn(Round round)
    {
        if (round.State.Stage != RotationStage.Finishing)
        {
            return false;
        }

        if (!round.Keeps(Safeguard.NoScaleInWaits) || !round.OpenEntries.Any(entry => entry.Kind == LedgerKinds.Protection) || round.Seen.Groups.All(group => Surges.Excess(group) == 0))
        {
            return true;
        }

        round.Note("finish-put-off", "run", "the outside wants fewer instances by now: a node goes the ordinary way first");
        round.State = round.State with { Stage = round.State.CanaryPassed ? RotationStage.Rolling : RotationStage.Canary, BlockedSince = null };
        round.Progress();
        return false;
    }

    /// <summary>Puts back what the ledger says, in an order that keeps every intermediate state safe.</summary>
    /// <returns>Whether nothing is left.</returns>
    public static bool Step(Round round)
    {
        if (round.State.Halt != RotationHalt.Cancel || Undo.KeepsPins(round))
        {
            foreach (var entry in round.OpenEntries.Where(Undo.IsPin).ToList())
            {
                round.Settle(entry, LedgerStatus.Done, "kept: the canary has passed");
            }
        }

        var keep = round.State.Halt == RotationHalt.Cancel ? [] : round.State.Quarantined.Values.ToHashSet();
        bool Kept(LedgerEntry entry) => keep.Contains(entry.Subject.Split(' ')[0]);
        return (round.Keeps(Safeguard.ProtectionLast) || LiftProtection(round))
            && Undo.Step(round, Undo.IsPin)
            && Undo.Step(round, entry => entry.Kind is LedgerKinds.SoftMarks or LedgerKinds.Excluded or LedgerKinds.Cordon && !Kept(entry))
            && (Undo.Step(round, entry => entry.Kind is LedgerKinds.Desired or LedgerKinds.Max or LedgerKinds.Suspended) || Undo.OnlyMaxWaits(round))
            && LiftProtection(round)
            && Undo.Step(round, entry => entry.Kind is LedgerKinds.Max);
    }

    /// <summary>Remembers the way back for the next rotation.</summary>
    /// <returns>Whether it is remembered.</returns>
    public static bool Remember(Round round)
    {
        var action = new RememberLastGood(round.State.Groups.ToDictionary(group => group.Key, group => $"{group.Value.TemplateId}:{group.Value.TargetVersion}"));
        return round.Seen.Answered.Contains(action.Key) || (round.Do(action, "remember the version as the pool's last good one") && false);
    }

    private static bool LiftProtection(Round round) =>
        Undo.Step(round, entry => entry.Kind is LedgerKinds.NewProtected) && Undo.Step(round, entry => entry.Kind is LedgerKinds.Protection);

    /// <summary>
    /// With zones that differ by more than one AZRebalance would terminate undrained nodes as soon as it is resumed (Amazon EC2 Auto Scaling, "Rebalancing activities"):
    /// one node of the fullest zone is replaced by the ordinary way, and its replacement comes up in the emptiest.
    /// </summary>
    private static bool EvenOut(Round round, Fleets fleets)
    {
        var group = round.Seen.Groups.First(group => Undo.Spread(group) > 1 && round.IsOpen(LedgerKinds.Suspended, group.Name));
        var members = fleets.Current.Where(member => member.Group.Name == group.Name && round.State.Proven.Contains(member.Id)).ToList();
        var fullest = members.GroupBy(member => member.Zone).MaxBy(zone => zone.Count());
        if (fullest is null || round.State.Evened >= round.State.Total)
        {
            return false;
        }

        var chosen = fullest.OrderBy(member => member.Id, StringComparer.Ordinal).First();
        round.State = round.State with { AlsoOutdated = round.State.AlsoOutdated.Add(chosen.Id), Evened = round.State.Evened + 1 };
        round.Note("even-out", chosen.Id, $"zones of {group.Name} differ by {Undo.Spread(group)}: {chosen.Id} in {chosen.Zone} is replaced, so that AZRebalance finds nothing to do");
        round.LookIn(TimeSpan.FromSeconds(1));
        return true;
    }
}
