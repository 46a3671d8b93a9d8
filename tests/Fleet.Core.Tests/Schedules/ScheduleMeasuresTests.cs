using System.Diagnostics.Metrics;
using Fleet.Core.Schedules;
using Fleet.Core.Telemetry;

namespace Fleet.Core.Tests.Schedules;

public sealed class ScheduleMeasuresTests : IDisposable
{
    private readonly string _schedule = $"schedule-{Guid.NewGuid():n}";
    private readonly List<string> _outcomes = [];
    private readonly MeterListener _listener = new();

    public ScheduleMeasuresTests()
    {
        _listener.SetMeasurementEventCallback<long>((_, count, labels, _) =>
        {
            if (labels.ToArray().Any(label => (string?)label.Value == _schedule))
            {
                _outcomes.AddRange(Enumerable.Repeat((string)labels.ToArray().Single(label => label.Key == "outcome").Value!, (int)count));
            }
        });
        _listener.EnableMeasurementEvents(FleetMetrics.ScheduleTimes);
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData(FiringEnd.Missed, "missed")]
    [InlineData(FiringEnd.Overlapped, "skipped")]
    [InlineData(FiringEnd.Failed, "failed")]
    [InlineData(FiringEnd.Done, "nothing-to-do")]
    [InlineData(FiringEnd.Done, "started", PoolEnd.NothingToDo, PoolEnd.Rotated)]
    public void A_time_that_is_over_is_counted_by_what_came_of_it(FiringEnd end, string outcome, params PoolEnd[] pools)
    {
        var before = new ScheduleState().With(Past(1, FiringEnd.Done));

        ScheduleMeasures.Count(_schedule, before, before.With(Past(2, end) with { Pools = [.. pools.Select(pool => new FiredPool("a", pool, null, ""))] }));

        _outcomes.ShouldBe([outcome]);
    }

    [Fact]
    public void What_was_counted_before_is_not_counted_again()
    {
        var before = new ScheduleState().With(Past(1, FiringEnd.Missed));

        ScheduleMeasures.Count(_schedule, before, before with { LastDue = before.Recent[0].Due, Open = Past(2, FiringEnd.Open) });
        ScheduleMeasures.Count(_schedule, new ScheduleState(), new ScheduleState { Suspended = true });

        _outcomes.ShouldBeEmpty();
    }

    private static Firing Past(int day, FiringEnd end)
    {
        var due = new DateTimeOffset(2026, 3, day, 2, 0, 0, TimeSpan.Zero);
        return new Firing { Due = due, Begun = due, End = end };
    }
}
