using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;

namespace Fleet.Core.Tests.Schedules;

/// <summary>Schedules over a virtual clock: each time is fired once, whatever happens between.</summary>
public class ScheduleDriverTests
{
    private static readonly ScheduledStart Nothing = new(StartKind.NothingToDo, null, "no instance is outdated");

    [Fact]
    public async Task It_fires_when_a_time_has_come_and_rotates_one_pool_after_the_other()
    {
        var stage = await ScheduleStage.OfAsync();
        await stage.LookAtAsync("2026-03-10T01:59:59Z");
        stage.Keys.ShouldBeEmpty();

        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        stage.Keys.ShouldBe(["schedule.nightly.20260310T020000Z.a"]);
        await stage.LookAtAsync("2026-03-10T02:30:00Z");
        stage.Keys.Count.ShouldBe(1, "the second pool waits until the first is done");
        await stage.EndRunAsync(RunPhase.Succeeded);
        await stage.LookAsync();
        stage.Keys.ShouldBe(["schedule.nightly.20260310T020000Z.a", "schedule.nightly.20260310T020000Z.b"]);
        await stage.EndRunAsync(RunPhase.Succeeded);
        await stage.LookAsync();

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        (fired.End, fired.Due, stage.State.LastDue).ShouldBe((FiringEnd.Done, stage.Now.Date.AddHours(2), fired.Due));
        fired.Pools.Select(pool => (pool.Pool, pool.End)).ShouldBe([("a", PoolEnd.Rotated), ("b", PoolEnd.Rotated)]);
        await stage.LookAtAsync("2026-03-11T01:59:00Z");
        stage.Keys.Count.ShouldBe(2, "a time is fired once");
    }

    [Fact]
    public async Task Nothing_to_do_is_said_and_done()
    {
        var stage = await ScheduleStage.OfAsync();
        stage.Answer("a", Nothing);
        stage.Answer("b", new(StartKind.UnderWay, "r-7", "run r-7 is running on prod/b"));

        await stage.LookAtAsync("2026-03-10T02:00:05Z");

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        fired.End.ShouldBe(FiringEnd.Done);
        fired.Pools.ShouldBe([new("a", PoolEnd.NothingToDo, null, Nothing.Why), new("b", PoolEnd.UnderWay, "r-7", "run r-7 is running on prod/b")]);
        (await stage.Store.ListAsync("prod", null, unfinishedOnly: false, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RunPhase.Failed, "its run failed")]
    [InlineData(RunPhase.Cancelled, "its run was cancelled")]
    public async Task Where_a_run_does_not_succeed_the_pools_behind_it_are_left_out(RunPhase phase, string why)
    {
        var stage = await ScheduleStage.OfAsync();
        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        await stage.EndRunAsync(phase);
        await stage.LookAsync();

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        (fired.End, fired.Why).ShouldBe((FiringEnd.Failed, $"a: {why}"));
        fired.Pools[1].End.ShouldBe(PoolEnd.LeftOut);
        stage.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_time_that_comes_while_another_is_under_way_is_left_out_and_said_to_be()
    {
        var stage = await ScheduleStage.OfAsync();
        await stage.LookAtAsync("2026-03-10T02:00:00Z");

        await stage.LookAtAsync("2026-03-11T02:00:00Z");

        var left = stage.State.Recent.ShouldHaveSingleItem();
        left.End.ShouldBe(FiringEnd.Overlapped);
        left.Why.ShouldStartWith("what was due at 2026-03-10T02:00:00Z is under way still, with a in run ");
        await stage.EndRunAsync(RunPhase.Succeeded);
        stage.Answer("b", Nothing);
        await stage.LookAtAsync("2026-03-11T03:00:00Z");
        stage.State.Open.ShouldBeNull();
        stage.Keys.Count.ShouldBe(2, "the time that was left out is not made up for");
    }

    [Theory]
    [InlineData(MisfirePolicy.Skip, "2026-03-10T02:09:00Z", 1, FiringEnd.Done)]
    [InlineData(MisfirePolicy.Skip, "2026-03-10T02:11:00Z", 0, FiringEnd.Missed)]
    [InlineData(MisfirePolicy.RunOnce, "2026-03-10T02:11:00Z", 1, FiringEnd.Done)]
    [InlineData(MisfirePolicy.Skip, "2027-03-10T02:11:00Z", 0, FiringEnd.Missed)]
    [InlineData(MisfirePolicy.RunOnce, "2027-03-10T02:11:00Z", 1, FiringEnd.Done)]
    [InlineData(MisfirePolicy.Skip, "2027-03-10T02:01:00Z", 1, FiringEnd.Done)]
    public async Task A_time_that_nobody_fired_in_time_is_fired_once_or_left_out_as_declared(MisfirePolicy misfire, string now, int fired, FiringEnd end)
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Misfire = misfire, Pools = ["a"] });
        stage.Answer("a", Nothing);

        await stage.LookAtAsync(now);
        await stage.LookAsync();

        stage.Keys.Count.ShouldBe(fired);
        var past = stage.State.Recent.ShouldHaveSingleItem();
        (past.End, past.Due).ShouldBe((end, stage.Now.Date.AddHours(2)));
        past.Why.Contains("times from 2026-03-10T02:00:00Z on were missed, too", StringComparison.Ordinal).ShouldBe(stage.Now.Year == 2027);
    }

    [Fact]
    public async Task A_service_that_was_away_for_years_of_minutes_finds_the_last_one()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Cron = "* * * * *", Pools = ["a"] });
        stage.Answer("a", Nothing);

        await stage.LookAtAsync("2036-03-10T02:00:30Z");

        stage.Keys.ShouldBe(["schedule.nightly.20360310T020000Z.a"]);
    }

    [Fact]
    public async Task Suspended_it_fires_nothing_and_makes_up_for_nothing_when_resumed()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Suspend = true, Misfire = MisfirePolicy.RunOnce });
        await stage.LookAtAsync("2026-03-12T02:00:00Z");
        stage.Schedule = stage.Schedule with { Suspend = false };

        await stage.LookAtAsync("2026-03-12T02:05:00Z");
        stage.Keys.ShouldBeEmpty();
        await stage.LookAtAsync("2026-03-13T02:00:00Z");
        stage.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Killed_between_the_beginning_of_a_run_and_its_record_it_finds_the_same_run()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Pools = ["a"] });
        stage.Crash = new TimeoutException();
        await Should.ThrowAsync<TimeoutException>(() => stage.LookAtAsync("2026-03-10T02:00:00Z"));
        stage.State.Open!.Pools.ShouldBeEmpty("the record says only that it was fired");

        stage.Restart();
        await stage.LookAtAsync("2026-03-10T06:00:00Z");

        var run = (await stage.Store.ListAsync("prod", null, unfinishedOnly: false, CancellationToken.None)).ShouldHaveSingleItem();
        stage.State.Open!.Pools.ShouldHaveSingleItem().Run.ShouldBe(run.Id);
    }

    [Fact]
    public async Task Of_several_who_look_at_once_one_fires()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Cron = "*/5 * * * *", Pools = ["a"] });
        for (var minute = 5; minute < 55; minute += 5)
        {
            stage.Now = new DateTimeOffset(2026, 3, 10, 0, minute, 0, TimeSpan.Zero);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => stage.Driver().StepAsync(stage.Schedule, CancellationToken.None))));
            (await stage.Store.ListAsync("prod", null, unfinishedOnly: false, CancellationToken.None)).Count.ShouldBe(minute / 5);
            await stage.EndRunAsync(RunPhase.Succeeded);
            await stage.LookAsync();
        }

        stage.State.Recent.ShouldAllBe(firing => firing.End == FiringEnd.Done);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_tried_until_the_deadline()
    {
        var stage = await ScheduleStage.OfAsync();
        stage.Answer("a", new(StartKind.Unavailable, null, "the API server does not answer"));
        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        await stage.LookAtAsync("2026-03-10T02:10:00Z");
        stage.State.Open.ShouldNotBeNull();

        await stage.LookAtAsync("2026-03-10T02:10:01Z");

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        (fired.End, fired.Why).ShouldBe((FiringEnd.Failed, "a: the API server does not answer"));
    }

    [Fact]
    public async Task What_a_person_asks_for_is_fired_once_also_while_it_is_suspended()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Suspend = true, Pools = ["a"] });
        stage.Answer("a", Nothing);
        var (version, state) = await stage.Store.ScheduleStateAsync("nightly", CancellationToken.None);
        (await stage.Store.PutScheduleStateAsync("nightly", version, state with { Asked = stage.Now }, CancellationToken.None)).ShouldBeTrue();

        await stage.LookAtAsync("2026-03-10T00:00:01Z");
        await stage.LookAsync();

        stage.State.Recent.ShouldHaveSingleItem().Manual.ShouldBeTrue();
        stage.Keys.ShouldBe(["schedule.nightly.20260310T000000.000Z.a"]);
    }

    [Fact]
    public async Task Other_times_count_from_when_they_were_declared()
    {
        var stage = await ScheduleStage.OfAsync(schedule => schedule with { Misfire = MisfirePolicy.RunOnce, Pools = ["a"] });
        stage.Answer("a", Nothing);
        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        stage.Schedule = stage.Schedule with { Cron = "0 1 * * *" };
        await stage.LookAtAsync("2026-03-11T01:30:00Z");
        stage.Keys.Count.ShouldBe(1);

        await stage.LookAtAsync("2026-03-12T01:00:00Z");
        stage.Keys.Count.ShouldBe(2);
    }
}
