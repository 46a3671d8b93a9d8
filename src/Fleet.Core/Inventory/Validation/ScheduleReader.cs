using Fleet.Core.Calendar;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a Schedule.</summary>
internal static class ScheduleReader
{
    private static readonly Dictionary<string, bool> Actions = new() { ["rotate"] = true };

    private static readonly Dictionary<string, MisfirePolicy> Misfires = new() { ["skip"] = MisfirePolicy.Skip, ["runOnce"] = MisfirePolicy.RunOnce };

    /// <summary>The schedule; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static ScheduleSpec Read(string name, FieldReader spec)
    {
        spec.Choice("action", Actions);
        var schedule = new ScheduleSpec
        {
            Name = name,
            Cluster = spec.Text("cluster", Formats.Name, required: true) ?? "",
            Pools = spec.Texts("pools", Formats.Name),
            Recipe = spec.Text("recipe", Formats.Name),
            Cron = Times(spec),
            TimeZone = spec.Zone("timeZone") ?? "",
            OlderThan = spec.Age("olderThan"),
            NewImage = spec.Flag("newImage") ?? true,
            Misfire = spec.Choice("misfire", Misfires) ?? MisfirePolicy.Skip,
            StartingDeadline = spec.Duration("startingDeadline", TimeSpan.FromMinutes(1)) ?? TimeSpan.FromMinutes(10),
            Suspend = spec.Flag("suspend") ?? false,
        };

        if (spec.Find("pools") is Documents.DocumentList { Items.Length: 0 })
        {
            spec.Fail("pools", "invalid-value", "[]", "at least one pool", $"{spec.Path("pools")} is empty; leave it out for all pools of the cluster");
        }

        foreach (var twice in schedule.Pools.GroupBy(pool => pool).Where(group => group.Count() > 1))
        {
            spec.Fail("pools", "duplicate-pool", twice.Key, "each pool once", $"{spec.Path("pools")} names {twice.Key} {twice.Count()} times");
        }

        if (!schedule.NewImage && spec.Find("olderThan") is null)
        {
            spec.Fail("newImage", "conflict", "false", "true, or an olderThan beside it", $"{spec.Path("newImage")} is false and {spec.Path("olderThan")} is not given: the schedule would never find anything to do");
        }

        spec.Close();
        return schedule;
    }

    private static string Times(FieldReader spec)
    {
        if (spec.Text("cron", Formats.Line, required: true) is not { } text)
        {
            return "";
        }

        var cron = Cron.Parse(text, out var errors);
        foreach (var error in errors)
        {
            spec.Fail("cron", "invalid-value", text, Cron.Allowed, $"{spec.Path("cron")} '{text}': {error}");
        }

        return cron?.Text ?? "";
    }
}
