using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>Puts back what the ledger says, as long as it is still what Fleet set; an entry is closed only when the world shows it.</summary>
internal static class Undo
{
    /// <summary>Intends the inverse of every open entry that is chosen.</summary>
    /// <returns>Whether none of them is open any more.</returns>
    public static bool Step(Round round, Func<LedgerEntry, bool> chosen)
    {
        var entries = round.OpenEntries.Where(chosen).ToList();
        foreach (var entry in entries)
        {
            Step(round, entry);
        }

        var open = entries.Any(entry => round.IsOpen(entry.Kind, entry.Subject));
        if (open)
        {
            round.RefreshGroupsWithin(TimeSpan.FromSeconds(1));
            round.LookIn(TimeSpan.FromSeconds(1));
        }

        return !open;
    }

    /// <summary>Whether a run that does not reach its end leaves pins, and what hooks wrote, as they are: the canary has passed before any of them went back.</summary>
    public static bool KeepsPins(Round round) => round.State is { CanaryPassed: true, UnpinsAll: false };

    /// <summary>Puts pins, and what hooks wrote, back.</summary>
    /// <returns>Whether none of them is left, or all are kept.</returns>
    public static bool Unpin(Round round)
    {
        if (KeepsPins(round))
        {
            return true;
        }

        round.State = round.State with { UnpinsAll = true };
        return Step(round, IsPin);
    }

    /// <summary>Whether an entry is a pin, or goes with the pins.</summary>
    public static bool IsPin(LedgerEntry entry) => entry.Kind is LedgerKinds.Pin or LedgerKinds.Hook;

    /// <summary>Whether of the groups' settings only max is not put back, since the outside wants more than it was: that is looked at again at the very end.</summary>
    public static bool OnlyMaxWaits(Round round) =>
        round.OpenEntries.Where(entry => entry.Kind is LedgerKinds.Desired or LedgerKinds.Max or LedgerKinds.Suspended).All(entry => entry.Kind == LedgerKinds.Max && round.Group(entry.Subject) is { } group && group.Desired > int.Parse(entry.Before!) && $"{group.Max}" == entry.Mine);

    /// <summary>Whether AZRebalance finds nothing to even out: no group's zones differ by more than one.</summary>
    public static bool ZonesAreEven(Round round) => !round.Keeps(Safeguard.EvenZones) || round.Seen.Groups.All(group => Spread(group) <= 1 || !round.IsOpen(LedgerKinds.Suspended, group.Name));

    /// <summary>By how many instances the fullest zone of a group exceeds the emptiest.</summary>
    public static int Spread(ScalingGroup group)
    {
        var counts = group.Zones.Select(zone => group.Instances.Count(instance => instance.Zone == zone && (instance.InService || instance.Pending))).ToList();
        return counts.Count == 0 ? 0 : counts.Max() - counts.Min();
    }

    private static void Step(Round round, LedgerEntry entry)
    {
        if (SafeguardOf(entry.Kind) is { } back && !round.Keeps(back))
        {
            round.Settle(entry, LedgerStatus.Done);
            return;
        }

        if (entry.Kind is LedgerKinds.SoftMarks or LedgerKinds.Excluded or LedgerKinds.Cordon)
        {
            OfNode(round, entry);
            return;
        }

        if (entry.Kind == LedgerKinds.Hook)
        {
            HookWrites.Back(round, entry);
            return;
        }

        if (round.Group(entry.Subject) is not { } group)
        {
            round.Settle(entry, LedgerStatus.Void, "the group is gone");
            return;
        }

        switch (entry.Kind)
        {
            case LedgerKinds.Pin:
                Pin(round, entry, group);
                break;
            case LedgerKinds.Desired:
                if (round.State.Groups[group.Name] is { Raised: 0, Pending: null })
                {
                    round.Settle(entry, LedgerStatus.Done);
                }

                break;
            case LedgerKinds.Max:
                Max(round, entry, group);
                break;
            case LedgerKinds.Suspended:
                Toggle(round, entry, !group.Suspended.Contains(entry.Mine!), new SetSuspended(group.Name, entry.Mine!, false), $"resume {entry.Mine} of {group.Name}");
                break;
            case LedgerKinds.NewProtected:
                Toggle(round, entry, !group.NewInstancesProtected, new SetNewInstancesProtected(group.Name, false), $"let new instances of {group.Name} be unprotected again");
                break;
            case LedgerKinds.Protection:
                Protection(round, entry, group);
                break;
            default:
                throw new InvalidOperationException($"unknown ledger kind {entry.Kind}");
        }
    }

    private static Safeguard? SafeguardOf(string kind) => kind switch
    {
        LedgerKinds.Pin or LedgerKinds.Hook => Safeguard.PinBack,
        LedgerKinds.Max => Safeguard.MaxBack,
        LedgerKinds.Suspended => Safeguard.ProcessesBack,
        LedgerKinds.NewProtected or LedgerKinds.Protection => Safeguard.ProtectionBack,
        LedgerKinds.SoftMarks => Safeguard.MarksBack,
        LedgerKinds.Excluded or LedgerKinds.Cordon => Safeguard.NodesBack,
        _ => null,
    };

    private static void Toggle(Round round, LedgerEntry entry, bool undone, RotationAction action, string sentence)
    {
        if (undone)
        {
            round.Settle(entry, LedgerStatus.Done);
        }
        else
        {
            round.Do(action, sentence);
        }
    }

    private static void Pin(Round round, LedgerEntry entry, ScalingGroup group)
    {
        var now = $"{group.TemplateId}:{group.TemplateVersion}";
        if (now == entry.Before)
        {
            round.Settle(entry, LedgerStatus.Done);
        }
        else if (now == entry.Mine)
        {
            var (template, version) = (entry.Before!.Split(':')[0], entry.Before!.Split(':')[1]);
            round.Do(new PinTemplate(group.Name, template, version), $"pin {group.Name} back to version {version}, the last good one");
        }
        else
        {
            round.Settle(entry, LedgerStatus.Void, $"somebody else has pinned {now}");
        }
    }

    private static void Max(Round round, LedgerEntry entry, ScalingGroup group)
    {
        var (before, mine) = (int.Parse(entry.Before!), int.Parse(entry.Mine!));
        if (group.Max == before)
        {
            round.Settle(entry, LedgerStatus.Done);
        }
        else if (group.Max != mine)
        {
            round.Settle(entry, LedgerStatus.Void, $"somebody else has set max to {group.Max}");
        }
        else if (group.Desired > before && round.Keeps(Safeguard.MaxFits))
        {
            if (round.OpenEntries.Any(open => open.Kind is LedgerKinds.NewProtected or LedgerKinds.Protection && open.Subject == group.Name))
            {
                // The outside may still want fewer before the run is at its end.
                return;
            }

            // Lowering max below desired would terminate undrained instances; what the outside wants by now is more than the old max.
            round.Settle(entry, LedgerStatus.Void, $"kept at {mine}: desired is {group.Desired}, above the former max {before}");
            round.Note("max-kept", group.Name, $"max of {group.Name} stays at {mine}: desired is {group.Desired}, above the former max {before}");
        }
        else
        {
            round.Do(new RestoreMax(group.Name, mine, before), $"put max of {group.Name} back from {mine} to {before}");
        }
    }

    private static void Protection(Round round, LedgerEntry entry, ScalingGroup group)
    {
        // Lifted last, and only when nothing is left that scale-in would take.
        if ((Surges.Excess(group) > 0 && round.Keeps(Safeguard.NoScaleInWaits)) || round.IsOpen(LedgerKinds.NewProtected, group.Name))
        {
            return;
        }

        var before = entry.Before!.Split(',').ToHashSet();
        var mine = entry.Mine == "all" ? null : entry.Mine!.Split(',').ToHashSet();
        var lift = group.Instances
            .Where(instance => instance is { Protected: true, Leaving: false } && (mine?.Contains(instance.Id) ?? !before.Contains(instance.Id)))
            .Select(instance => instance.Id)
            .ToList();
        Toggle(round, entry, lift.Count == 0, new ProtectInstances(group.Name, lift, false), $"lift scale-in protection of {lift.Count} instances of {group.Name}");
    }

    private static void OfNode(Round round, LedgerEntry entry)
    {
        var parts = entry.Subject.Split(' ');
        if (!round.Cluster.Nodes.TryGetValue(parts[0], out var node) || node.Uid != parts[1])
        {
            round.Settle(entry, LedgerStatus.Void, "the node is gone");
            return;
        }

        switch (entry.Kind)
        {
            case LedgerKinds.SoftMarks:
                Toggle(round, entry, Marks.AreGone(round, node, entry), new SetSoftMarks(node.Name, node.Uid, false, Marks.SetsScaleDown(entry)), $"unmark {node.Name}");
                break;
            case LedgerKinds.Excluded:
                if (node.Labels.TryGetValue(FleetMarks.ExcludeFromLoadBalancers, out var value) && value != entry.Mine && round.Keeps(Safeguard.ForeignMarks))
                {
                    round.Settle(entry, LedgerStatus.Void, $"somebody else has set it to {value}");
                    break;
                }

                Toggle(round, entry, !node.Labels.ContainsKey(FleetMarks.ExcludeFromLoadBalancers), new SetExcluded(node.Name, node.Uid, false, round.IsOpen(LedgerKinds.SoftMarks, entry.Subject)), $"put {node.Name} back into service load balancers");
                break;
            default:
                Toggle(round, entry, !node.Unschedulable, new SetCordon(node.Name, node.Uid, false), $"uncordon {node.Name}");
                break;
        }
    }
}
