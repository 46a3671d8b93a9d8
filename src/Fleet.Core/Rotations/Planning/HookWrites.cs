using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// The places elsewhere that name the pool's image. They go with the pin: written after it and before the first node goes, written back with it while the canary has not passed.
/// A place is read when the run comes to it and after each write; what somebody else writes between is seen at the next write.
/// </summary>
internal static class HookWrites
{
    /// <summary>Intends what is missing.</summary>
    /// <returns>Whether every place holds the image.</returns>
    public static bool Ensure(Round round)
    {
        var ready = true;
        foreach (var hook in round.Spec.Pool.Hooks)
        {
            ready &= Written(round, hook, Value(round));
        }

        return ready;
    }

    /// <summary>Intends the inverse of an entry, as long as the place holds what the run wrote.</summary>
    public static void Back(Round round, LedgerEntry entry)
    {
        if (Now(round, entry.Subject) is not { } now)
        {
            return;
        }

        if (now == entry.Before)
        {
            round.Settle(entry, LedgerStatus.Done);
        }
        else if (now == entry.Mine)
        {
            round.Do(new WriteHook(entry.Subject, now, entry.Before!), $"have hook {entry.Subject} write back {Quoted(entry.Before!)}");
        }
        else
        {
            round.Settle(entry, LedgerStatus.Void, $"somebody else has written {Quoted(now)}");
        }
    }

    /// <summary>The image; groups with templates of their own may have several.</summary>
    private static string Value(Round round) => string.Join(',', round.State.Groups.Values.Select(group => group.TargetImage).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    private static bool Written(Round round, string hook, string wanted)
    {
        if (Now(round, hook) is not { } now)
        {
            return false;
        }

        if (now == wanted)
        {
            return true;
        }

        if (round.Entry(LedgerKinds.Hook, hook) is { Status: LedgerStatus.Open } entry && now != entry.Before)
        {
            Halting.Begin(round, RotationHalt.Stop, PlanReasons.HookChanged(hook, wanted, now));
            return false;
        }

        round.Owe(LedgerKinds.Hook, hook, now, wanted);
        round.Do(new WriteHook(hook, now, wanted), $"have hook {hook} write {Quoted(wanted)} (was {Quoted(now)})");
        return false;
    }

    private static string? Now(Round round, string hook)
    {
        if (round.Seen.Hooks.TryGetValue(hook, out var value))
        {
            return value;
        }

        round.Do(new ReadHook(hook), $"ask hook {hook} what is written");
        return null;
    }

    private static string Quoted(string value) => value.Length == 0 ? "nothing" : value;
}
