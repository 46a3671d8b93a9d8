using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Core.Calendar;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads the spec of a Schedule.</summary>
internal static partial class ScheduleReader
{
    private static readonly Dictionary<string, bool> Actions = new() { ["rotate"] = true };

    private static readonly Dictionary<string, MisfirePolicy> Misfires = new() { ["skip"] = MisfirePolicy.Skip, ["runOnce"] = MisfirePolicy.RunOnce };

    private static readonly Format Age = new(AgeForm(), $"whole days like 14d, or {Durations.Allowed}");

    /// <summary>The schedule; where a field is missing or wrong the errors say so and its value is empty.</summary>
    public static ScheduleSpec Read(string name, FieldReader spec)
    {
        spec.Choice("action", Actions);
        var schedule = new ScheduleSpec
        {
            Name = name,
            Cluster = spec.Text("cluster", Formats.Name, required: true) ?? "",
            Pools = spec.Texts("pools", Formats.Name),
            Cron = Times(spec),
            TimeZone = spec.Zone("timeZone") ?? "",
            OlderThan = OlderThan(spec),
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

    private static TimeSpan? OlderThan(FieldReader spec)
    {
        var text = spec.Text("olderThan", Age);
        if (text is null)
        {
            return null;
        }

        var age = text.EndsWith('d') ? TimeSpan.FromDays(int.Parse(text[..^1], CultureInfo.InvariantCulture)) : Durations.TryParse(text, out var span) ? span : TimeSpan.Zero;
        if (age < TimeSpan.FromHours(1))
        {
            spec.Fail("olderThan", "invalid-value", text, "at least 1h", $"{spec.Path("olderThan")} is '{text}'; allowed: {Age.Allowed}, at least 1h");
            return null;
        }

        return age;
    }

    [GeneratedRegex(@"\A([1-9][0-9]{0,4}d|(?=[0-9])([0-9]{1,7}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?)\z")]
    private static partial Regex AgeForm();
}
