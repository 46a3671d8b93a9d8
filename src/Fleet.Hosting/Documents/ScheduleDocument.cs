using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Schedules;

namespace Fleet.Hosting.Documents;

/// <summary>Schedules as JSON, with what Fleet knows of them.</summary>
public static class ScheduleDocument
{
    private const int Next = 3;

    /// <summary>The document of a schedule as it was put, with its status.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">What is remembered of it.</param>
    /// <param name="now">Policy time.</param>
    public static JsonObject Of(ScheduleSpec schedule, ScheduleState state, DateTimeOffset now)
    {
        var document = ResourceDocument.Declared(schedule);
        document["status"] = Status(schedule, state, now);
        return document;
    }

    /// <summary>What Fleet knows of a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="state">What is remembered of it.</param>
    /// <param name="now">Policy time.</param>
    public static JsonObject Status(ScheduleSpec schedule, ScheduleState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(state);
        var suspended = schedule.Suspend || state.Suspended;
        return new JsonObject
        {
            ["suspended"] = suspended,
            ["next"] = new JsonArray([.. new Timetable(schedule).After(now).Take(suspended ? 0 : Next).Select(time => JsonValue.Create(RunDocument.Instant(time)))]),
            ["lastDue"] = state.LastDue is { } due ? RunDocument.Instant(due) : null,
            ["open"] = state.Open is { } open ? Of(open) : null,
            ["recent"] = new JsonArray([.. state.Recent.Select(Of)]),
        };
    }

    /// <summary>A time of a schedule and what came of it.</summary>
    public static JsonObject Of(Firing firing)
    {
        ArgumentNullException.ThrowIfNull(firing);
        return new JsonObject
        {
            ["due"] = RunDocument.Instant(firing.Due),
            ["manual"] = firing.Manual,
            ["skipSoak"] = firing.SkipSoak,
            ["begun"] = RunDocument.Instant(firing.Begun),
            ["ended"] = firing.Ended is { } ended ? RunDocument.Instant(ended) : null,
            ["end"] = Name(firing.End),
            ["why"] = firing.Why,
            ["pools"] = new JsonArray([.. firing.Pools.Select(pool => new JsonObject { ["pool"] = pool.Pool, ["end"] = Name(pool.End), ["run"] = pool.Run, ["why"] = pool.Why })]),
            ["left"] = new JsonArray([.. firing.Left.Select(pool => JsonValue.Create(pool))]),
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
