using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The ways off the way forward: pause, stop, cancel.</summary>
internal static class Halting
{
    private static readonly ImmutableHashSet<string> Turn = [LedgerKinds.Excluded, LedgerKinds.Cordon];

    public static void Begin(Round round, RotationHalt halt, params ReadOnlySpan<Reason> reasons)
    {
        // A stop does not turn a cancel into something that must be resumed first, unless the cancel itself cannot go on.
        if (halt <= round.State.Halt && round.State.Halt != RotationHalt.Cancel)
        {
            return;
        }

        round.State = round.State with { Halt = halt, Cancelled = round.State.Cancelled || halt == RotationHalt.Cancel, HaltSince = round.Now, HaltReasons = [.. reasons] };
        foreach (var reason in reasons)
        {
            round.Note(halt == RotationHalt.Stop ? "stopping" : "halting", reason.Object, reason.Sentence);
        }

        round.LookIn(TimeSpan.FromSeconds(1));
    }

    /// <summary>Brings a paused or stopped run to rest. What cannot be put back within the limits of its own steps stays open in the ledger and is named.</summary>
    /// <returns>Whether it rests.</returns>
    public static bool ToRest(Round round)
    {
        var patience = round.Policy.SettleTimeout + round.Policy.LoadBalancerWait + TimeSpan.FromMinutes(15);
        return Rests(round) || round.Now - round.State.HaltSince >= patience;
    }

    private static bool Rests(Round round)
    {
        Release(round);
        if (!round.State.Slots.All(slot => IsStuck(round, slot)))
        {
            return false;
        }

        // A drained node whose end cannot be brought about stays as it is; a resumed run ends it.
        var kept = round.State.Quarantined.Values.Concat(round.State.Slots.Select(slot => slot.Node)).ToHashSet();
        var undone = Undo.Step(round, entry => Turn.Contains(entry.Kind) && !kept.Contains(entry.Subject.Split(' ')[0]));
        undone &= Undo.Unpin(round);
        if (Undo.ZonesAreEven(round))
        {
            undone &= Undo.Step(round, entry => entry.Kind == LedgerKinds.Suspended);
        }

        return undone;
    }

    /// <summary>Gives back the nodes that are not drained yet; those that are go to their end.</summary>
    public static void Release(Round round)
    {
        foreach (var slot in round.State.Slots.Where(slot => slot.Phase is SlotPhase.Admitted or SlotPhase.Draining && !(slot.Role == SlotRole.Discard && round.State.Halt == RotationHalt.Cancel)).ToList())
        {
            round.Remove(slot);
            if (slot.Node is { } node)
            {
                round.Withdraw(node);
            }

            round.Note("node-released", slot.Node ?? slot.InstanceId, $"{slot.Node ?? slot.InstanceId} is given back undrained");
        }

        Undo.Step(round, entry => Turn.Contains(entry.Kind)
            && !round.State.Slots.Any(slot => SlotSteps.Subject(slot) == entry.Subject)
            && !round.State.Quarantined.ContainsValue(entry.Subject.Split(' ')[0]));
    }

    private static bool IsStuck(Round round, Slot slot) =>
        round.Seen.Failures.GetValueOrDefault($"terminate {slot.InstanceId}") is { Permanent: true };
}
