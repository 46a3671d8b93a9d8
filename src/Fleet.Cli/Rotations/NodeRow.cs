using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>A node on its way in or out, for a display.</summary>
/// <param name="Name">Node name, else instance id.</param>
/// <param name="Zone">Zone; empty while it is unknown.</param>
/// <param name="State">How far.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What it waits for; null for nothing in particular.</param>
internal sealed record NodeRow(string Name, string Zone, string State, DateTimeOffset Since, string? Reason)
{
    /// <summary>The rows of a run: those that leave in the order of their slots, then those that join.</summary>
    public static IEnumerable<NodeRow> Of(Run run, RotationState state)
    {
        foreach (var slot in state.Slots)
        {
            var reason = run.Reasons.FirstOrDefault(reason => reason.Node is { } node && node == slot.Node)
                ?? run.Reasons.FirstOrDefault(reason => reason.Object.EndsWith(slot.InstanceId, StringComparison.Ordinal));
            yield return new(slot.Node ?? slot.InstanceId, slot.Zone, Verb(slot), slot.Since, reason?.Sentence);
        }

        foreach (var (id, since) in state.Joining)
        {
            var reason = run.Reasons.FirstOrDefault(reason => reason.Object == $"instance {id}");
            yield return new(reason?.Node ?? id, "", "joining", since, reason?.Sentence);
        }

        foreach (var (id, node) in state.Quarantined)
        {
            yield return new(node, "", "quarantined", run.Updated, $"instance {id} could not be drained in time");
        }
    }

    private static string Verb(Slot slot) => slot.Phase switch
    {
        SlotPhase.Admitted => "cordoned",
        SlotPhase.Draining => "draining",
        SlotPhase.Settling => "settling",
        SlotPhase.Terminating => "terminating",
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot.Phase, "no phase of a slot"),
    };
}
