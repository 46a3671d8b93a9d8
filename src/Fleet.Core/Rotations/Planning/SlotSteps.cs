using Fleet.Core.Disruption;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>Takes each node on its way out one step further.</summary>
internal static class SlotSteps
{
    /// <summary>After this long a Node object whose instance EC2 calls terminated is removed by Fleet, where no cloud controller does it.</summary>
    private static readonly TimeSpan NodeRemoval = TimeSpan.FromSeconds(90);

    public static void Advance(Round round, Fleets fleets)
    {
        round.Settled();
        foreach (var slot in round.State.Slots)
        {
            switch (slot.Phase)
            {
                case SlotPhase.Admitted:
                    Admitted(round, slot);
                    break;
                case SlotPhase.Draining:
                    break;
                case SlotPhase.Settling:
                    Settling(round, fleets, slot);
                    break;
                case SlotPhase.Terminating:
                    Terminating(round, slot);
                    break;
                default:
                    throw new InvalidOperationException($"unknown slot phase {slot.Phase}");
            }
        }

        Drains.Advance(round);
    }

    /// <summary>The slot's node as it is now; null when it is gone or another node has its name.</summary>
    public static Node? NodeOf(Round round, Slot slot) =>
        slot.Node is { } name && round.Cluster.Nodes.TryGetValue(name, out var node) && (node.Uid == slot.NodeUid || !round.Keeps(Safeguard.NodeIdentity)) ? node : null;

    public static Slot Enter(Round round, Slot slot, SlotPhase phase)
    {
        var next = slot with { Phase = phase, Since = round.Now };
        round.Replace(next);
        round.Progress();
        round.LookIn(TimeSpan.FromSeconds(1));
        return next;
    }

    private static void Admitted(Round round, Slot slot)
    {
        if (NodeOf(round, slot) is not { } node)
        {
            Enter(round, slot, SlotPhase.Settling);
            return;
        }

        var excluded = node.Labels.ContainsKey(FleetMarks.ExcludeFromLoadBalancers);
        if (excluded && slot.Excluded is null)
        {
            slot = slot with { Excluded = round.Now };
            round.Replace(slot);
        }

        if (!excluded || !round.Keeps(Safeguard.ForeignMarks))
        {
            round.Owe(LedgerKinds.Excluded, Subject(slot), null, "");
            round.Do(new SetExcluded(node.Name, node.Uid, true), $"take {node.Name} out of service load balancers");
        }

        if (!node.Unschedulable || !round.Keeps(Safeguard.ForeignMarks))
        {
            round.Owe(LedgerKinds.Cordon, Subject(slot), null, "true");
            round.Do(new SetCordon(node.Name, node.Uid, true), $"cordon {node.Name}");
        }

        if ((excluded && node.Unschedulable) || !round.Keeps(Safeguard.CordonFirst))
        {
            Enter(round, slot with { DrainSeen = round.Now }, SlotPhase.Draining);
        }
    }

    private static void Settling(Round round, Fleets fleets, Slot slot)
    {
        var waits = new List<Reason>();
        var node = NodeOf(round, slot);
        foreach (var mark in slot.Failed || !round.Keeps(Safeguard.Settle) ? [] : slot.Owners)
        {
            if (round.Settling.Waiting(mark) is { } missing)
            {
                waits.Add(missing with { Node = slot.Node });
            }
        }

        if (waits.Count > 0 && round.Now - slot.Since >= round.Policy.SettleTimeout)
        {
            round.Note("settle-failed", slot.Node ?? slot.InstanceId, $"the pods of {slot.Node} are not ready elsewhere after {round.Policy.SettleTimeout.TotalMinutes:0.#} min: {waits[0].Sentence}");
            slot = Failures.Count(round, slot with { Failed = true }, waits[0]);
            waits.Clear();
        }

        round.LookBy(slot.Since + round.Policy.SettleTimeout);
        if (node is not null)
        {
            if (VolumeCheck.Waiting(round.Drain, node.Name) is { } attached && round.Keeps(Safeguard.Volumes))
            {
                waits.Add(attached);
                if (round.Now - slot.Since >= 2 * round.Policy.SettleTimeout)
                {
                    Halting.Begin(round, RotationHalt.Stop, attached);
                }
            }

            var open = slot.Excluded + round.Policy.LoadBalancerWait;
            if (slot.Role != SlotRole.Discard && open > round.Now && round.Keeps(Safeguard.LoadBalancers))
            {
                waits.Add(PlanReasons.LoadBalancers(node.Name, slot.Excluded!.Value, open.Value));
                round.LookBy(open.Value);
            }

            // A pod that came after the drain (bound in the same instant as the cordon) sends the slot back.
            if (!round.Drain.Of(node.Name).Drained && node.Ready && round.Keeps(Safeguard.Drain))
            {
                Enter(round, slot with { DrainSeen = round.Now }, SlotPhase.Draining);
                return;
            }
        }

        foreach (var wait in waits)
        {
            round.Wait(wait);
        }

        if (waits.Count == 0)
        {
            Terminate(round, Enter(round, slot with { Decrement = slot.Decrement ?? Surges.Decrements(round, fleets, slot) }, SlotPhase.Terminating));
        }
    }

    private static void Terminating(Round round, Slot slot)
    {
        var node = NodeOf(round, slot);
        var group = round.Group(slot.Group);
        var answered = round.Seen.Answered.Contains($"terminate {slot.InstanceId}");
        var read = round.Seen.GroupsAt > slot.Since && group is not null;
        var leaving = read && Accounting.IsLeaving(group!, slot.InstanceId);
        if (node is null && (leaving || (answered && slot.Decrement != true)))
        {
            Close(round, slot);
            return;
        }

        if (!answered && !leaving)
        {
            // The answer was lost, with the process or on the way: the group's word decides, never a blind repetition.
            if (read)
            {
                Terminate(round, slot);
            }
            else
            {
                round.RefreshGroupsWithin(TimeSpan.Zero);
                round.LookIn(TimeSpan.FromSeconds(1));
            }

            return;
        }

        if (slot is { Decrement: true, Counted: false })
        {
            round.RefreshGroupsWithin(TimeSpan.FromSeconds(10));
            round.LookIn(TimeSpan.FromSeconds(5));
        }

        var age = round.Now - slot.Since;
        round.Wait(PlanReasons.NodeLeaving(slot.Node ?? slot.InstanceId, age, round.Policy.NoProgressTimeout));
        if (node is not null && age > NodeRemoval && round.Seen.Facts.TryGetValue(slot.InstanceId, out var facts) && facts.State == "terminated")
        {
            round.Do(new DeleteNode(node.Name, node.Uid), $"remove the Node {node.Name}, whose instance is terminated");
        }

        round.LookIn(TimeSpan.FromSeconds(15));
    }

    private static void Terminate(Round round, Slot slot) =>
        round.Do(
            new TerminateInstance(slot.Group, slot.InstanceId, slot.Node, slot.Decrement == true),
            $"terminate {slot.InstanceId}{(slot.Node is null ? "" : $" ({slot.Node})")} {(slot.Decrement == true ? "and lower desired: the surge shrinks" : "and let the group launch its replacement")}");

    private static void Close(Round round, Slot slot)
    {
        if (slot is { Decrement: true, Counted: false })
        {
            round.RefreshGroupsWithin(TimeSpan.Zero);
            round.LookIn(TimeSpan.FromSeconds(1));
            return;
        }

        foreach (var entry in round.OpenEntries.Where(entry => entry.Subject == Subject(slot)).ToList())
        {
            round.Settle(entry, LedgerStatus.Void, "the node is gone");
        }

        round.Remove(slot);
        round.State = round.State with { Gone = round.State.Gone.SetItem(slot.InstanceId, round.Now), BlockedSince = null };
        round.Progress();
        round.Note("node-gone", slot.Node ?? slot.InstanceId, $"{slot.Node ?? slot.InstanceId} is gone after {(int)(round.Now - slot.Admitted).TotalSeconds} s");
        if (slot.Role != SlotRole.Replace)
        {
            return;
        }

        round.State = round.State with { Replaced = round.State.Replaced + 1, AlsoOutdated = round.State.AlsoOutdated.Remove(slot.InstanceId) };
        if (slot.Failed)
        {
            round.State = round.State with { SettleFailures = round.State.SettleFailures + 1 };
            return;
        }

        round.State = round.State with { CanaryClosed = true };
        if (!round.State.CanaryPassed && round.State.Proven.IsEmpty && round.Keeps(Safeguard.Canary))
        {
            round.Note("canary-closed", slot.Node ?? slot.InstanceId, $"the canary {slot.Node} has closed its whole slot; it has passed when a new node has proved itself");
            return;
        }

        Succeeded(round, slot.Node ?? slot.InstanceId, $"the canary {slot.Node} has closed its whole slot");
    }

    /// <summary>A slot has closed and its image has made a node: the width doubles, with the canary the way is free.</summary>
    public static void Succeeded(Round round, string node, string canary)
    {
        var cap = Math.Max(1, round.SurgeCap + round.UnavailableCap);
        if (!round.State.CanaryPassed)
        {
            round.Note("canary-passed", node, canary);
        }

        round.State = round.State with { CanaryPassed = true, Stage = round.State.Stage == RotationStage.Canary ? RotationStage.Rolling : round.State.Stage, Width = Math.Min(cap, round.State.Width * 2) };
        Checkpoints(round);
    }

    private static void Checkpoints(Round round)
    {
        var reached = round.Policy.Checkpoints.Count(checkpoint => round.State.Replaced * 100 >= checkpoint.AtPercent * round.State.Outdated);
        if (reached > round.State.CheckpointsReached)
        {
            var checkpoint = round.Policy.Checkpoints[reached - 1];
            round.State = round.State with { CheckpointsReached = reached, SoakUntil = round.Now + checkpoint.Soak };
            round.Note("checkpoint", "run", $"{checkpoint.AtPercent} % are replaced; soaking for {checkpoint.Soak}");
        }
    }

    public static string Subject(Slot slot) => $"{slot.Node} {slot.NodeUid}";
}
