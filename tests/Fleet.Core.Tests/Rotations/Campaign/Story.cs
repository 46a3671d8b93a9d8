namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Tells a world's run in full, for whoever looks for what went wrong: what was drawn, what Fleet wrote down, and every call that changed something.</summary>
internal static class Story
{
    public static void Tell(Stage stage, RandomWorld drawn, Action<string> tell)
    {
        tell($"faults {string.Join(", ", drawn.Faults)}; zones {drawn.World.Zones.Length}; surge {drawn.Policy.MaxSurge}, unavailable {drawn.Policy.MaxUnavailable}; crash at {drawn.CrashAt}");
        foreach (var group in drawn.World.Groups)
        {
            tell($"{group.Name}: {group.Min}/{group.Desired}/{group.Max} in {string.Join(", ", group.Zones)}; protected {group.Protected}; suspended {string.Join(", ", group.Suspended)}");
        }

        if (drawn.Maintenance is { } maintenance)
        {
            tell($"{drawn.Start:u}: windows {string.Join("; ", maintenance.Windows)} {maintenance.Zone}; excluded {string.Join("; ", maintenance.Exclusions)}; waived until {drawn.Waiver?.Until:u}");
        }

        foreach (var (at, what, _) in drawn.Events.OrderBy(one => one.At))
        {
            tell($"{at:hh\\:mm\\:ss} event {what}");
        }

        var journal = stage.Rehearsal.Journal().Select(entry => (entry.At, Line: $"  {entry.Kind,-16} {entry.Subject,-28} {entry.Message}"));
        var calls = stage.World.Log.Records.Where(call => call.Writes).Select(call => (call.At, Line: $"      {call.Caller} {call.Verb} {call.Subject} {call.Detail} → {call.Answer} {call.Error}"));
        foreach (var (at, line) in journal.Concat(calls).OrderBy(one => one.At))
        {
            tell($"{at - drawn.Start:d\\.hh\\:mm\\:ss}{line}");
        }
    }
}
