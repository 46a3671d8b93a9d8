using Fleet.Core.Rotations.Actions;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The soft marks of all outdated nodes. Only after the canary has passed: before, they would send every new pod of the cluster to an unproven node.</summary>
internal static class Marks
{
    private const int PerRound = 100;

    public static void Update(Round round, Fleets fleets)
    {
        if (!round.State.CanaryPassed)
        {
            return;
        }

        var bare = fleets.Outdated.Where(member => member.Node is { } node && !node.Taints.Contains(FleetMarks.Outdated) && round.SlotOf(member.Id) is null).Take(PerRound);
        foreach (var member in bare)
        {
            var node = member.Node!;
            var foreign = node.Annotations.ContainsKey(FleetMarks.ScaleDownDisabled);
            round.Owe(LedgerKinds.SoftMarks, $"{node.Name} {node.Uid}", null, foreign ? "taint" : "taint,scale-down-disabled");
            round.Do(new SetSoftMarks(node.Name, node.Uid, true, !foreign), $"mark {node.Name} as outdated, so that new pods prefer other nodes");
        }
    }
}
