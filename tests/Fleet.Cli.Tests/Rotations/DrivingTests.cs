using System.Text.Json.Nodes;
using Fleet.Storage;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>Rotations from the command line on a served world: one process drives, others look, ask and take over; the world says what came of it.</summary>
public sealed class DrivingTests
{
    private const double Speed = 200;
    private const string Rotate = $"fleet rotate site/workers --image {SmallWorlds.New} --yes";

    [Fact]
    public async Task A_rotation_exchanges_every_instance_and_a_second_one_finds_nothing_to_do()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        using var shell = await site.DeclaredAsync();
        var before = site.Settings();

        var ran = await shell.RunAsync(Rotate);

        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        ran.Output.ShouldContain("2 of 2 outdated nodes replaced, nothing is left to be undone.");
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
        site.Settings().ShouldBe(before);
        (await shell.RunAsync("fleet runs list")).Output.ShouldContain("succeeded");
        (await shell.RunAsync("fleet why site/workers")).Output.ShouldContain("It has ended and waits for nothing.");

        var writes = site.Writes().Count;
        var again = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New}");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Output.ShouldContain("0 of 2 instances are outdated");
        site.Writes().Count.ShouldBe(writes);
    }

    [Fact]
    public async Task Under_a_key_a_repeated_command_finds_its_run_also_when_that_has_ended()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(1), Speed);
        using var shell = await site.DeclaredAsync();
        (await shell.RunAsync($"{Rotate} --key build-1")).ExitCode.ShouldBe(0);
        var run = await shell.NewestRunAsync();

        var again = await shell.RunAsync($"{Rotate} --key build-1");
        var other = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes --key build-1");
        var next = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes --when-under-way queue");

        again.Output.ShouldStartWith($"Run {run.Id} succeeded");
        other.ExitCode.ShouldBe(2);
        next.Error.ShouldContain("--when-under-way needs a server");
        (await shell.RunAsync("fleet runs show build-1")).Output.ShouldContain(run.Id);
        (await shell.NewestRunAsync()).Id.ShouldBe(run.Id);
    }

    [Fact]
    public async Task With_JSON_the_plan_goes_to_the_standard_error_and_one_document_to_the_output()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(1), Speed);
        using var shell = await site.DeclaredAsync();

        var ran = await shell.RunAsync($"{Rotate} -o json");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ((string)JsonNode.Parse(ran.Output)!["phase"]!).ShouldBe("succeeded");
        ran.Error.ShouldContain("1 of 1 instances are outdated");
    }

    [Fact]
    public async Task Others_attach_to_a_run_that_is_driven_and_watch_it_and_another_target_is_refused()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        await using var driver = shell.Start(Rotate);
        await driver.PrintsAsync(SmallWorlds.Waits);
        var run = await shell.NewestRunAsync();

        await using var attached = shell.Start(Rotate);
        await attached.PrintsAsync("driven by");
        await using var watching = shell.Start($"fleet runs watch {run.Id}");
        await watching.PrintsAsync(SmallWorlds.Waits);
        var other = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Broken} --yes");
        var pool = await shell.RunAsync("fleet delete pool site/workers --yes");
        site.Loosen();

        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain($"run {run.Id} is ");
        other.Error.ShouldContain($"it rotates to {SmallWorlds.New}; wait for it, or 'fleet runs cancel {run.Id}' first");
        pool.ExitCode.ShouldBe(2);
        foreach (var terminal in (Terminal[])[driver, attached, watching])
        {
            var ran = await terminal.Ended;
            ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
            ran.Output.ShouldContain($"Run {run.Id} succeeded");
        }

        (await shell.NewestRunAsync()).Id.ShouldBe(run.Id);
        site.Terminations().ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_that_begin_at_once_one_begins_a_run_and_the_other_attaches_to_it()
    {
        // The run cannot end before both are at it.
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        await using var one = shell.Start(Rotate);
        await using var other = shell.Start(Rotate);
        await one.PrintsAsync(SmallWorlds.Waits);
        await other.PrintsAsync(SmallWorlds.Waits);
        site.Loosen();

        foreach (var terminal in (Terminal[])[one, other])
        {
            var ran = await terminal.Ended;
            ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
            ran.Output.ShouldContain("2 of 2 outdated nodes replaced");
        }

        using var store = new SqliteStore(shell.StatePath);
        (await store.ListAsync(null, null, unfinishedOnly: false, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_whose_driver_leaves_is_taken_over_by_who_is_attached()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        var before = site.Settings();
        await using var driver = shell.Start(Rotate);
        await driver.PrintsAsync(SmallWorlds.Waits);
        await using var attached = shell.Start(Rotate);
        await attached.PrintsAsync("driven by");

        driver.Leave();

        var left = await driver.Ended;
        left.ExitCode.ShouldBe(3, left.Error);
        left.Error.ShouldContain("'fleet rotate site/workers' goes on with it.");
        await attached.PrintsAsync("Its driver is gone.");
        await FinishedAsync(site, attached, before);
    }

    [Fact]
    public async Task A_run_whose_driver_was_killed_is_taken_over_when_its_lease_has_run_out()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        var before = site.Settings();
        using (var driver = new FleetProcess(site, shell, Rotate))
        {
            await driver.PrintsAsync(SmallWorlds.Waits);
        }

        await using var second = shell.Start(Rotate);
        await second.PrintsAsync("driven by");
        await second.PrintsAsync("Its driver is gone.");
        await FinishedAsync(site, second, before);
    }

    [Fact]
    public async Task A_run_that_was_left_goes_on_with_the_same_command()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        var before = site.Settings();
        await using (var driver = shell.Start(Rotate))
        {
            await driver.PrintsAsync(SmallWorlds.Waits);
        }

        (await shell.RunAsync("fleet rotate site/workers --dry-run")).Error.ShouldContain("nobody drives it: it goes on from where it stands.");
        await using var second = shell.Start("fleet rotate site/workers --yes");
        await second.PrintsAsync("waits");
        await FinishedAsync(site, second, before);
    }

    [Fact]
    public async Task Ctrl_C_pauses_a_run_which_gives_its_nodes_back_and_goes_on_when_it_is_resumed()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        var before = site.Settings();
        await using var driver = shell.Start(Rotate);
        await driver.PrintsAsync(SmallWorlds.Waits);

        driver.Interrupt();

        var paused = await driver.Ended;
        paused.ExitCode.ShouldBe(3, paused.Error);
        paused.Error.ShouldContain("Asked to pause at the next safe point");
        paused.Output.ShouldContain("is paused");
        site.Settings().ShouldContain("out of service []");
        var run = await shell.NewestRunAsync();
        (await shell.RunAsync($"fleet runs watch {run.Id}")).ExitCode.ShouldBe(3);
        (await shell.RunAsync($"fleet runs resume {run.Id} --yes")).Error.ShouldContain("Nobody drives the run now");

        await using var second = shell.Start("fleet rotate site/workers --yes");
        await second.PrintsAsync("resumed");
        await FinishedAsync(site, second, before);
    }

    [Fact]
    public async Task A_second_process_says_why_a_run_waits_and_pauses_resumes_and_cancels_it()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed);
        using var shell = await site.DeclaredAsync(SmallWorlds.Patient);
        var before = site.Settings();
        await using var driver = shell.Start(Rotate);
        await driver.PrintsAsync(SmallWorlds.Waits);
        var run = await shell.NewestRunAsync();

        var why = await shell.RunAsync("fleet why site/workers");
        why.Output.ShouldContain("object: poddisruptionbudget shop/stubborn");
        why.Output.ShouldContain("limit:");
        why.Output.ShouldContain("value:");
        why.Output.ShouldContain("cure:");
        var reasons = JsonNode.Parse((await shell.RunAsync($"fleet why {run.Id} -o json")).Output)!["reasons"]!.AsArray();
        reasons.ShouldContain(reason => (string?)reason!["object"] == "poddisruptionbudget shop/stubborn" && reason["cure"] != null && reason["limit"] != null && reason["value"] != null);
        (await shell.RunAsync("fleet runs list --unfinished")).Output.ShouldContain(run.Id);

        var pause = await shell.RunAsync($"fleet runs pause {run.Id} --yes");
        pause.Error.ShouldContain("which acts on it at the next safe point");
        (await driver.Ended).ExitCode.ShouldBe(3);

        await using var second = shell.Start("fleet rotate site/workers --yes");
        await second.PrintsAsync("resumed");
        (await shell.RunAsync($"fleet runs cancel {run.Id} --yes")).ExitCode.ShouldBe(0);

        var cancelled = await second.Ended;
        cancelled.ExitCode.ShouldBe(1, cancelled.Output + cancelled.Error);
        cancelled.Output.ShouldContain("was cancelled");
        cancelled.Output.ShouldContain("nothing is left to be undone");
        site.Images().ShouldBe($"2 of {SmallWorlds.Old}");
        site.PinnedImage().ShouldBe(SmallWorlds.Old);
        site.Settings().ShouldBe(before);
        (await shell.RunAsync($"fleet runs watch {run.Id}")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_broken_image_stops_the_run_with_3_and_the_last_good_version_is_back()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Plain(2), Speed);
        using var shell = await site.DeclaredAsync();

        var ran = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Broken} --yes");

        ran.ExitCode.ShouldBe(3, ran.Output + ran.Error);
        ran.Output.ShouldContain("has stopped");
        ran.Output.ShouldContain("cure:");
        site.Images().ShouldContain($"2 of {SmallWorlds.Old}");
        site.PinnedImage().ShouldBe(SmallWorlds.Old);
        (await shell.RunAsync("fleet why site/workers")).Output.ShouldContain("is stopped");
        var run = await shell.NewestRunAsync();
        (await shell.RunAsync($"fleet runs cancel {run.Id} --yes")).ExitCode.ShouldBe(0);
        (await shell.RunAsync("fleet rotate site/workers --yes")).ExitCode.ShouldBe(1);
        site.Images().ShouldBe($"2 of {SmallWorlds.Old}");
    }

    [Fact]
    public async Task A_pool_has_one_writer_also_from_two_state_files()
    {
        await using var site = await Site.OpenAsync(SmallWorlds.Stuck(), Speed, users: "other");
        using var mine = await site.DeclaredAsync(SmallWorlds.Patient);
        using var theirs = await site.DeclaredAsync(SmallWorlds.Patient, "other");
        await using var driver = mine.Start(Rotate);
        await driver.PrintsAsync("node-proven");
        var run = await mine.NewestRunAsync();

        await using var second = theirs.Start(Rotate);
        await second.PrintsAsync($"pool workers is being changed by {run.Id}");
        var why = (await theirs.RunAsync("fleet why site/workers")).Output;
        (await theirs.RunAsync($"fleet runs cancel {(await theirs.NewestRunAsync()).Id} --yes")).ExitCode.ShouldBe(0);
        var given = await second.Ended;

        why.ShouldContain("object: lease kube-system/fleet-workers");
        why.ShouldContain("limit:  one writer per pool");
        given.ExitCode.ShouldBe(1, given.Output + given.Error);
        site.Writes().Where(call => call.Caller == "other").ShouldBeEmpty();
    }

    /// <summary>Once the budget permits it the run goes to its end, and nothing was done twice.</summary>
    private static async Task FinishedAsync(Site site, Terminal driver, string before)
    {
        site.Loosen();

        var ran = await driver.Ended;
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        site.Images().ShouldBe($"2 of {SmallWorlds.New}");
        site.Settings().ShouldBe(before);
        site.Terminations().ShouldBe(2);
    }
}
