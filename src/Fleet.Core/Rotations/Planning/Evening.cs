namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// How a cancelled run comes to zones that differ by at most one: AZRebalance, which Fleet suspended, would even them out by terminating undrained instances as soon as it is resumed
/// (Amazon EC2 Auto Scaling, "Rebalancing activities").
/// </summary>
internal static class Evening
{
    /// <summary>Whether an instance must be drained and exchanged for one in the emptiest zone. Before the canary has passed there is nothing that the run could have made uneven, and no image to launch.</summary>
    public static bool MustExchange(Round round) => round.State.CanaryPassed && round.Seen.Groups.Any(group => IsUneven(round, group));

    /// <summary>Whether a group's zones differ by more than one and Fleet keeps AWS from evening them out.</summary>
    public static bool IsUneven(Round round, ScalingGroup group) => Undo.Spread(group) > 1 && round.IsOpen(LedgerKinds.Suspended, group.Name);

    /// <summary>Whether zones stay even without a slot's instance; else the group launches its replacement in the emptiest, and the surge shrinks by another node.</summary>
    public static bool KeepsEven(Round round, Fleets fleets, ScalingGroup group, Slot slot)
    {
        if (!round.IsOpen(LedgerKinds.Suspended, group.Name))
        {
            return true;
        }

        var leaving = round.State.Slots.Where(other => other.Phase == SlotPhase.Terminating).Select(other => other.InstanceId).Append(slot.InstanceId).ToHashSet();
        var counts = group.Zones.Select(zone => fleets.Members.Count(member => member.Group.Name == group.Name && member.Zone == zone && !leaving.Contains(member.Id))).ToList();
        return counts.Max() - counts.Min() <= 1;
    }
}
