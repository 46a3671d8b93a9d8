using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Rotations;

/// <summary><c>fleet rotate</c> and <c>fleet runs watch</c> on a server: what a person or a pipeline sees, and the exit code by which a pipeline goes on or not.</summary>
public sealed class ServedRotationTests
{
    private const double Speed = 200;
    private const string Rotate = $"fleet rotate site/workers --image {SmallWorlds.New} --yes";

    [Fact]
    public async Task It_waits_for_the_end_and_a_second_one_finds_nothing_to_do()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site);

        var ran = await served.Shell.RunAsync($"{Rotate} --wait");

        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        ran.Output.ShouldContain("2 of 2 outdated nodes replaced, nothing is left to be undone.");
        ran.Output.ShouldContain("node-admitted");
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
        (await served.Shell.RunAsync("fleet why site/workers")).Output.ShouldContain("It has ended and waits for nothing.");
        var again = await served.Shell.RunAsync($"{Rotate} --wait");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Output.ShouldContain("0 of 2 instances are outdated");
        var run = (await served.Store.NewestRunAsync()).Id;
        foreach (var line in (string[])["fleet runs list -o json", $"fleet runs show {run} -o yaml", $"fleet runs show {run}", $"fleet runs events {run} -o json", "fleet describe pool workers", "fleet get pools -o json", "fleet get clusters"])
        {
            (await served.Shell.RunAsync(line)).Output.ShouldBe((await served.Store.RunAsync(line)).Output, line);
        }
    }

    [Fact]
    public async Task After_a_bad_image_the_pool_goes_back_to_what_was_good()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site);
        (await served.Shell.RunAsync($"{Rotate} --wait")).ExitCode.ShouldBe(0);
        (await served.Shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Broken} --yes --wait")).ExitCode.ShouldBe(ExitCode.Stands);
        var bad = (await served.Store.NewestRunAsync()).Id;
        (await served.Shell.RunAsync($"fleet runs cancel {bad} --yes")).ExitCode.ShouldBe(0);
        (await served.Shell.RunAsync($"fleet runs watch {bad}")).ExitCode.ShouldBe(1);

        var plan = await served.Shell.RunAsync("fleet rotate site/workers --to-last-good --dry-run");
        var back = await served.Shell.RunAsync("fleet rotate site/workers --to-last-good --yes --wait");

        plan.Output.ShouldContain("the last good template versions (workers: 2)");
        back.ExitCode.ShouldBe(0, back.Output + back.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
    }

    [Fact]
    public async Task Its_plan_reads_as_the_one_that_is_made_here()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Obstacles(), speed: 1);
        await using var served = await ServedSite.ServeAsync(site, "{maxSurge: 2}");
        const string Command = $"fleet rotate site/workers --image {SmallWorlds.New} --max-unavailable 1 --drain-timeout 5m --dry-run";

        var here = await served.Store.RunAsync(Command);
        var there = await served.Shell.RunAsync(Command);

        there.ExitCode.ShouldBe(0, there.Error);
        there.Output.ShouldContain("4 of 4 instances are outdated; surge 2, unavailable 1");
        there.Output.ShouldBe(here.Output);
        (await served.Shell.RunAsync($"{Command} --on-drain-timeout force --force-until 2h")).Output.ShouldContain("pods that are left after 5m are deleted past their budgets, until ");
        (await served.Shell.RunAsync("fleet runs list")).Error.ShouldBe("No runs.\n");
    }

    [Fact]
    public async Task A_run_that_stops_makes_the_step_fail_with_its_reason_on_the_standard_error()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        await using var served = await ServedSite.ServeAsync(site);

        var ran = await served.Shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Broken} --yes --wait -o json");

        ran.ExitCode.ShouldBe(ExitCode.Stands, ran.Output + ran.Error);
        var run = JsonNode.Parse(ran.Output)!;
        ran.Error.ShouldContain($"error: run {run["id"]} on site/workers has stopped:\n");
        ran.Error.ShouldContain((string)run["reasons"]![0]!["sentence"]!);
    }

    [Fact]
    public async Task Without_wait_it_orders_and_others_attach_and_another_target_is_refused()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        await using var served = await ServedSite.ServeAsync(site, SmallWorlds.Patient);

        var ordered = await served.Shell.RunAsync(Rotate);
        ordered.ExitCode.ShouldBe(0, ordered.Error);
        var id = ordered.Output.Trim().Split('\n')[^1];
        await using var attached = served.Shell.Start($"{Rotate} --wait");
        await attached.PrintsAsync(SmallWorlds.Waits);
        await using var watching = served.Shell.Start($"fleet runs watch {id}");
        await watching.PrintsAsync(SmallWorlds.Waits);
        var other = await served.Shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes --wait");
        var why = await served.Shell.RunAsync("fleet why site/workers");
        var inUse = await served.Shell.RunAsync("fleet delete pool site/workers --yes");
        site.Loosen();

        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain($"it rotates to {SmallWorlds.New}; wait for it, or 'fleet runs cancel {id}' first");
        why.Output.ShouldContain("shop/stubborn");
        inUse.ExitCode.ShouldBe(2);
        foreach (var terminal in (Terminal[])[attached, watching])
        {
            var ran = await terminal.Ended;
            ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
            ran.Output.ShouldContain($"Run {id} succeeded");
        }
    }

    [Fact]
    public async Task A_service_that_is_started_anew_is_waited_for_and_every_line_comes_once()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        await using var served = await ServedSite.ServeAsync(site, SmallWorlds.Patient);
        await using var watching = served.Shell.Start($"{Rotate} --wait");
        await watching.PrintsAsync(SmallWorlds.Waits);

        await served.StopAsync();
        await watching.PrintsAsync("; trying again.");
        await served.StartAgainAsync();
        await watching.PrintsAsync($"Connected to {served.Url} again.");
        site.Loosen();

        var ran = await watching.Ended;
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        ran.Output.Split('\n').Count(line => line.Contains("node-admitted")).ShouldBe(2, ran.Output);
        site.Terminations().ShouldBe(2);
    }

    [Fact]
    public async Task An_order_for_the_old_image_takes_the_place_of_the_run_that_is_under_way()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        await using var served = await ServedSite.ServeAsync(site, SmallWorlds.Patient);
        await using var first = served.Shell.Start($"{Rotate} --wait");
        await first.PrintsAsync(SmallWorlds.Waits);

        await using var back = served.Shell.Start($"fleet rotate site/workers --image {SmallWorlds.Old} --yes --wait --when-under-way supersede");
        await back.PrintsAsync("what is ordered now comes after it.");
        await back.PrintsAsync("has begun on");
        site.Loosen();

        (await first.Ended).ExitCode.ShouldBe(ExitCode.Failed);
        var ran = await back.Ended;
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.Old}");
        site.PinnedImage().ShouldBe(SmallWorlds.Old);
    }

    [Fact]
    public async Task Under_a_key_a_repeated_step_finds_its_run_also_when_that_has_ended()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(1), Speed);
        await using var served = await ServedSite.ServeAsync(site);
        var first = await served.Shell.RunAsync($"{Rotate} --wait --key build-1 -o json");
        first.ExitCode.ShouldBe(0, first.Error);

        var again = await served.Shell.RunAsync($"{Rotate} --wait --key build-1 -o json");
        var other = await served.Shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes --wait --key build-1");

        again.ExitCode.ShouldBe(0, again.Error);
        JsonNode.Parse(again.Output)!["id"]!.ToString().ShouldBe(JsonNode.Parse(first.Output)!["id"]!.ToString());
        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain($"it rotates to {SmallWorlds.New}");
        (await served.Shell.RunAsync("fleet runs show build-1")).Output.ShouldContain("Phase:    succeeded");
    }
}
