namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// Time in which nobody drove the run, because its process was killed and nobody took it up, or because it rested: it does not count against the limits of what only Fleet takes forward. What the world does by
/// itself meanwhile (boots, deregistration, soaks) goes by its own time.
/// </summary>
internal static class Absence
{
    /// <summary>Rounds of a driven run are half a minute apart at most; a longer gap is nobody's.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>How exactly it is kept that the run is driven: each change is a write.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>How long nobody has driven the run; zero while it is driven.</summary>
    public static TimeSpan Of(RotationState state, DateTimeOffset now) =>
        state.Driven is { } driven && now - driven > Longest ? now - driven : TimeSpan.Zero;

    /// <summary>The state with its limits moved on by an absence, and the present kept as driven.</summary>
    public static RotationState Forgive(RotationState state, DateTimeOffset now)
    {
        var absent = Of(state, now);
        if (absent > TimeSpan.Zero)
        {
            DateTimeOffset Moved(DateTimeOffset since) => since + absent < now ? since + absent : now;
            DateTimeOffset? Later(DateTimeOffset? since) => since is { } known ? Moved(known) : null;
            state = state with
            {
                Started = Later(state.Started),
                Progress = Later(state.Progress),
                HeldAt = Later(state.HeldAt),
                BlockedSince = Later(state.BlockedSince),
                HaltSince = Later(state.HaltSince),
                Slots = [.. state.Slots.Select(slot => slot.Phase == SlotPhase.Settling ? slot with { Since = Moved(slot.Since) } : slot)],
            };
        }

        return state.Driven is { } driven && now - driven < Grain ? state : state with { Driven = now };
    }
}
