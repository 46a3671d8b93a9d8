using Fleet.Core.Runs;
using Fleet.Core.Schedules;

namespace Fleet.Core.Tests.Schedules;

/// <summary>Schedules that build an image and bring it to pools: never to one before the step that clears it.</summary>
public class RecipeScheduleTests
{
    private static readonly ScheduledStart Nothing = new(StartKind.NothingToDo, null, "no instance is outdated");

    [Fact]
    public async Task With_a_recipe_it_builds_tries_the_image_on_canaries_promotes_it_and_rotates_the_others_last()
    {
        var stage = await ScheduleStage.OfRecipeAsync();

        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        foreach (var _ in Enumerable.Range(0, 4))
        {
            await stage.EndRunAsync(RunPhase.Succeeded);
            await stage.LookAsync();
        }

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        fired.Pools.Select(step => (step.Pool, step.End)).ShouldBe([("build/worker", PoolEnd.Built), ("b", PoolEnd.Rotated), ("promotion/worker", PoolEnd.Promoted), ("a", PoolEnd.Rotated)]);
        stage.Keys.ShouldBe([.. fired.Pools.Select(step => $"schedule.nightly.20260310T020000Z.{step.Pool}")]);
        stage.Skipped.ShouldAllBe(skipped => !skipped);
    }

    [Fact]
    public async Task Without_a_new_image_pools_are_looked_at_all_the_same()
    {
        var stage = await ScheduleStage.OfRecipeAsync();
        stage.Answer("build/worker", new(StartKind.NothingToDo, null, "built before"));
        stage.Answer("promotion/worker", new(StartKind.NothingToDo, null, "no candidate"));
        stage.Answer("b", Nothing);

        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        await stage.EndRunAsync(RunPhase.Succeeded);
        await stage.LookAsync();

        stage.State.Recent.ShouldHaveSingleItem().Pools.Select(step => step.End).ShouldBe([PoolEnd.NothingToDo, PoolEnd.NothingToDo, PoolEnd.NothingToDo, PoolEnd.Rotated]);
    }

    [Theory]
    [InlineData(0, "build/worker")]
    [InlineData(1, "b")]
    [InlineData(2, "promotion/worker")]
    public async Task Pools_behind_an_image_that_came_to_nothing_keep_what_they_run(int good, string bad)
    {
        var stage = await ScheduleStage.OfRecipeAsync();
        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        for (var step = 0; step < good; step++)
        {
            await stage.EndRunAsync(RunPhase.Succeeded);
            await stage.LookAsync();
        }

        await stage.EndRunAsync(RunPhase.Failed);
        await stage.LookAsync();

        var fired = stage.State.Recent.ShouldHaveSingleItem();
        (fired.End, fired.Why).ShouldBe((FiringEnd.Failed, $"{bad}: its run failed"));
        stage.Keys.Count.ShouldBe(good + 1);
        fired.Pools.Skip(good + 1).ShouldAllBe(step => step.End == PoolEnd.LeftOut && step.Why == $"{bad} did not succeed");
        fired.Pools.Select(step => step.Pool).ShouldContain("a");
    }

    [Fact]
    public async Task An_image_that_another_has_built_or_promoted_is_waited_for()
    {
        var stage = await ScheduleStage.OfRecipeAsync();
        var other = await stage.BeginElsewhereAsync("worker");
        stage.Answer("build/worker", new(StartKind.UnderWay, other, "a person builds it"));

        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        stage.State.Open!.Pools.ShouldBe([new("build/worker", PoolEnd.Running, other, "a person builds it")]);
        await stage.LookAtAsync("2026-03-10T02:20:00Z");
        stage.Keys.Count.ShouldBe(1);
        await stage.EndRunAsync(RunPhase.Succeeded);
        await stage.LookAsync();

        stage.Keys.Last().ShouldEndWith(".b");
    }

    [Fact]
    public async Task A_promotion_that_another_takes_the_place_of_is_gone_on_with_and_one_that_is_only_cancelled_is_not()
    {
        var stage = await ScheduleStage.OfRecipeAsync();
        await stage.LookAtAsync("2026-03-10T02:00:00Z");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await stage.EndRunAsync(RunPhase.Succeeded);
            await stage.LookAsync();
        }

        var soaks = stage.State.Open!.Pools[^1].Run!;
        await stage.EndRunAsync(RunPhase.Cancelled);
        var hurries = await stage.BeginElsewhereAsync("worker");
        await stage.LookAsync();
        stage.State.Open!.Pools[^1].ShouldBe(new FiredPool("promotion/worker", PoolEnd.Running, hurries, $"it took the place of {soaks}"));
        await stage.EndRunAsync(RunPhase.Cancelled);
        await stage.LookAsync();

        stage.State.Recent.ShouldHaveSingleItem().Pools.Select(step => step.End).ShouldBe([PoolEnd.Built, PoolEnd.Rotated, PoolEnd.Failed, PoolEnd.LeftOut]);
    }

    [Fact]
    public async Task A_security_fix_skips_the_wait_where_the_schedule_promotes()
    {
        var stage = await ScheduleStage.OfRecipeAsync();

        (await stage.Store.AskAsync(stage.Schedule, ScheduleRequest.RunNow, "ada", stage.Now, CancellationToken.None)).ShouldBeNull();
        (await stage.Store.AskAsync(stage.Schedule, ScheduleRequest.RunNowSkippingSoak, "ben", stage.Now, CancellationToken.None)).ShouldBeNull();
        await stage.LookAsync();

        (stage.State.Open!.SkipSoak, stage.State.Open.AskedBy, stage.State.AskedSkipSoak).ShouldBe((true, "ada", false));
        stage.Skipped.ShouldBe([true]);
        (await stage.Store.AskAsync(stage.Schedule, ScheduleRequest.RunNowSkippingSoak, "ben", stage.Now, CancellationToken.None))!.ShouldContain("its runs never overlap");
        var plain = await ScheduleStage.OfAsync();
        (await plain.Store.AskAsync(plain.Schedule, ScheduleRequest.RunNowSkippingSoak, "ben", plain.Now, CancellationToken.None))!.ShouldContain("no spec.recipe");
    }
}
