using Fleet.Core.Disruption;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The soft marks of all outdated nodes. Only after the canary has passed: before, they would send every new pod of the cluster to an unproven node.</summary>
internal static class Marks
{
    private const int PerRound = 100;

    public static void Update(Round round, Fleets fleets)
    {
        if (!round.State.CanaryPassed && round.Keeps(Safeguard.MarksAfterCanary))
        {
            return;
        }

        var bare = fleets.Outdated.Where(member => member.Node is { } node && !node.Taints.Contains(FleetMarks.Outdated) && round.SlotOf(member.Id) is null).Take(PerRound);
        foreach (var member in bare)
        {
            var node = member.Node!;
            var subject = $"{node.Name} {node.Uid}";

            // Of an attempt that was cut short the annotation may be Fleet's own: the ledger knows.
            var own = round.Entry(LedgerKinds.SoftMarks, subject) is { Status: LedgerStatus.Open } entry && SetsScaleDown(entry);
            var foreign = !own && node.Annotations.ContainsKey(FleetMarks.ScaleDownDisabled) && round.Keeps(Safeguard.ForeignMarks);
            round.Owe(LedgerKinds.SoftMarks, subject, null, foreign ? "taint" : "taint,scale-down-disabled");
            round.Do(new SetSoftMarks(node.Name, node.Uid, true, !foreign), $"mark {node.Name} as outdated, so that new pods prefer other nodes");
        }
    }

    /// <summary>Whether the marks of an entry include the one for the cluster autoscaler.</summary>
    public static bool SetsScaleDown(LedgerEntry entry) => entry.Mine!.Contains("scale-down", StringComparison.Ordinal);

    /// <summary>Whether nothing of an entry's marks is on the node any more. A process may have died between the annotations and the taint, in either direction.</summary>
    public static bool AreGone(Round round, Node node, LedgerEntry entry) =>
        !node.Taints.Any(taint => taint.Key == FleetMarks.Outdated.Key)
        && !(SetsScaleDown(entry) && node.Annotations.ContainsKey(FleetMarks.ScaleDownDisabled))
        && (!node.Annotations.ContainsKey(FleetMarks.Run) || round.IsOpen(LedgerKinds.Excluded, entry.Subject));
}
