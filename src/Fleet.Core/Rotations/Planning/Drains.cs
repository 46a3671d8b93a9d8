using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The evictions of all nodes that are being drained, chosen together so that budgets are never asked for more than they have.</summary>
internal static class Drains
{
    public static void Advance(Round round)
    {
        var draining = round.State.Slots.Where(slot => slot.Phase == SlotPhase.Draining).ToList();
        foreach (var slot in draining)
        {
            Look(round, slot);
        }

        draining = [.. round.State.Slots.Where(slot => slot.Phase == SlotPhase.Draining && slot.Node is not null)];
        if (draining.Count == 0 || round.State.Halt is RotationHalt.Pause or RotationHalt.Stop)
        {
            return;
        }

        var turn = EvictionTurn.Next(round.Drain, draining.Select(slot => slot.Node!), Accepted(round), BlockedUntil(round), round.Settling.Disrupted(round.Now), round.Now);
        foreach (var pod in turn.Evict)
        {
            Evict(round, draining.First(slot => slot.Node == pod.Node), pod);
        }

        foreach (var reason in turn.Waiting)
        {
            round.Wait(reason);
        }

        if (turn.LookAgain is { } again)
        {
            round.LookBy(again);
        }
    }

    private static void Look(Round round, Slot slot)
    {
        if (SlotSteps.NodeOf(round, slot) is not { } node)
        {
            SlotSteps.Enter(round, slot, SlotPhase.Settling);
            return;
        }

        var drain = round.Drain.Of(node.Name);
        if (drain.Drained || !round.Keeps(Safeguard.Drain) || (!node.Ready && drain.Pods.All(pod => !Counts(pod))))
        {
            // A silent kubelet never ends its pods: once all are told to go the node itself is the only thing left to end.
            round.Note("drained", node.Name, $"{node.Name} is drained after {(int)(round.Now - slot.Since).TotalSeconds} s");
            SlotSteps.Enter(round, slot, SlotPhase.Settling);
            return;
        }

        var spent = slot.DrainSpent;
        if (slot.DrainSeen is { } seen && round.Now - seen <= Absence.Longest && drain.Pods.Any(pod => Spends(pod, round.Now)))
        {
            // Time in which nobody evicted is no drain: it shows nothing of what blocks the pods.
            spent += round.Now - seen;
        }

        slot = slot with { DrainSpent = spent, DrainSeen = round.Now };
        round.Replace(slot);
        if (spent >= round.Policy.DrainTimeout)
        {
            TimedOut(round, slot, drain);
        }
        else
        {
            round.LookBy(round.Now + round.Policy.DrainTimeout - spent);
        }

        if (drain.Pods.Any(pod => pod.Verdict.Disposition == DrainDisposition.WaitForCompletion))
        {
            // Waiting for work to end is not a lack of progress.
            round.Progress();
        }
    }

    /// <summary>Whether a pod still keeps its node from being drained.</summary>
    private static bool Counts(PodDrain pod) => pod.Verdict.Disposition is DrainDisposition.Evict or DrainDisposition.Blocked or DrainDisposition.WaitForCompletion;

    /// <summary>Whether the drain's time runs because of a pod: not for one that ends inside its own grace, nor for work that is waited for.</summary>
    private static bool Spends(PodDrain pod, DateTimeOffset now) => pod.Verdict.Disposition switch
    {
        DrainDisposition.Evict or DrainDisposition.Blocked => true,
        DrainDisposition.Terminating => pod.Pod.DeletionDue is { } due && now > due,
        _ => false,
    };

    private static void Evict(Round round, Slot slot, Pod pod)
    {
        var waiting = round.Seen.Failures.GetValueOrDefault($"evict {pod.Uid}") is { } failure && round.Now < failure.NotBefore;
        if (waiting || !round.Do(new EvictPod(pod), $"evict {pod.Key} from {pod.Node}"))
        {
            return;
        }

        slot = round.State.Slots.Single(known => known.Number == slot.Number);
        if (!slot.Evicted.Contains(pod.Uid))
        {
            round.Replace(slot with { Evicted = slot.Evicted.Add(pod.Uid), Owners = pod.Owner is { } owner ? Mark(round, slot, owner) : slot.Owners });
        }
    }

    private static ImmutableArray<OwnerMark> Mark(Round round, Slot slot, OwnerKey owner)
    {
        var known = slot.Owners.FirstOrDefault(mark => mark.OwnerUid == owner.Uid);
        return known is not null
            ? slot.Owners.Replace(known, known with { Evicted = known.Evicted + 1 })
            : slot.Owners.Add(new OwnerMark(owner.Uid, 1, round.Drain.ReadyOf(owner.Uid) + round.Settling.InFlight(owner.Uid), round.Now));
    }

    private static HashSet<string> Accepted(Round round) =>
        [.. round.State.Slots.SelectMany(slot => slot.Evicted).Where(uid => round.Seen.Answered.Contains($"evict {uid}"))];

    private static Dictionary<string, DateTimeOffset> BlockedUntil(Round round) =>
        round.Seen.Failures.Where(failure => failure.Key.StartsWith("evict ", StringComparison.Ordinal))
            .ToDictionary(failure => failure.Key["evict ".Length..], failure => failure.Value.NotBefore);

    private static void TimedOut(Round round, Slot slot, NodeDrain drain)
    {
        var left = drain.Pods.Where(Counts).Select(pod => pod.Pod.Key).Concat(drain.Pods.Where(pod => pod.Verdict.Disposition == DrainDisposition.Terminating).Select(pod => $"{pod.Pod.Key} (terminating)")).ToList();
        var reason = new Reason
        {
            Code = "drain-timeout",
            Object = $"node {slot.Node}",
            Node = slot.Node,
            Sentence = $"{slot.Node} is not drained after {round.Policy.DrainTimeout.TotalMinutes:0.#} min: {string.Join(", ", left.Take(5))}",
            Limit = $"drainTimeout {round.Policy.DrainTimeout.TotalMinutes:0.#} min",
            Value = $"{left.Count} pods left",
            Cure = $"free what blocks them ('fleet why' names it), or rotate with --force-drain for this run alone",
        };
        if (round.Spec.ForceUntil > round.Now || !round.Keeps(Safeguard.Force))
        {
            foreach (var pod in drain.Pods.Where(Counts))
            {
                round.Do(new ForceDeletePod(pod.Pod), $"delete {pod.Pod.Key} past its budgets: this run was told to force until {round.Spec.ForceUntil:HH:mm:ss}");
            }

            return;
        }

        if (round.Policy.OnDrainTimeout != DrainTimeoutAction.Quarantine)
        {
            Halting.Begin(round, RotationHalt.Stop, reason);
            return;
        }

        round.Note("quarantined", slot.Node!, reason.Sentence);
        round.Remove(slot);
        round.State = round.State with
        {
            Quarantined = round.State.Quarantined.SetItem(slot.InstanceId, slot.Node!),
            SettleFailures = round.State.SettleFailures + 1,
            Failures = round.State.Failures + 1,
            Width = Math.Max(1, round.State.Width / 2),
        };
        if (!round.State.CanaryPassed || round.State.Quarantined.Count > Math.Max(1, round.State.Total / 10))
        {
            Halting.Begin(round, RotationHalt.Stop, reason);
        }
    }
}
