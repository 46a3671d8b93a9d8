using System.Text.Json.Nodes;
using Fleet.Core.Calendar;
using Fleet.Core.Inventory;

namespace Fleet.Hosting.Documents;

/// <summary>Schedules as JSON, with what Fleet knows of them.</summary>
public static class ScheduleDocument
{
    private const int Next = 3;

    /// <summary>The document of a schedule as it was put, with its status.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="now">Policy time.</param>
    public static JsonObject Of(ScheduleSpec schedule, DateTimeOffset now)
    {
        var document = ResourceDocument.Declared(schedule);
        document["status"] = Status(schedule, now);
        return document;
    }

    /// <summary>What Fleet knows of a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="now">Policy time.</param>
    public static JsonObject Status(ScheduleSpec schedule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return new JsonObject
        {
            ["suspended"] = schedule.Suspend,
            ["next"] = new JsonArray([.. Times(schedule, now).Take(schedule.Suspend ? 0 : Next).Select(time => JsonValue.Create(RunDocument.Instant(time)))]),
        };
    }

    /// <summary>The times after an instant, without an end.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="after">The instant.</param>
    public static IEnumerable<DateTimeOffset> Times(ScheduleSpec schedule, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Cron.Parse(schedule.Cron, out _)!.After(after, TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone));
    }
}
