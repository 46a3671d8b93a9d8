using Fleet.Core.Runs;

namespace Fleet.Cli.Tests;

public sealed class RunsOnStoreTests() : RunsTests(onServer: false);

public sealed class RunsOnServerTests() : RunsTests(onServer: true);

public abstract class RunsTests(bool onServer) : OnBackend(onServer)
{
    private static readonly Reason Budget = new()
    {
        Code = "budget-exhausted",
        Sentence = "The budget allows no disruption now.",
        Object = "poddisruptionbudget shop/cart",
        Limit = "minAvailable 2",
        Value = "2 healthy",
        Cure = "wait for cart-1 to become ready",
        Node = "node-1",
    };

    [Fact]
    public async Task Runs_are_listed_with_what_they_wait_for()
    {
        await Shell.StartRunAsync("r-1", RunPhase.Succeeded);
        await Shell.StartRunAsync("r-2", RunPhase.Waiting, "batch", Budget, Budget);

        (await Shell.RunAsync("fleet runs list")).Output.ShouldBe("""
            ID    KIND       TARGET         PHASE       REQUEST   CREATED                WAITS FOR
            r-2   rotation   prod/batch     waiting     -         2026-03-04T12:00:00Z   The budget allows no disruption now. (and 1 more)
            r-1   rotation   prod/workers   succeeded   -         2026-03-04T12:00:00Z   -

            """);
        (await Shell.RunAsync("fleet runs list prod --unfinished")).Output.ShouldNotContain("r-1");
        (await Shell.RunAsync("fleet runs list prod/workers")).Output.ShouldNotContain("r-2");
        (await Shell.RunAsync("fleet runs list other")).Error.ShouldBe("No runs.\n");
    }

    [Fact]
    public async Task A_run_is_shown_with_object_limit_value_and_cure()
    {
        await Shell.StartRunAsync("r-20260304", RunPhase.Waiting, "workers", Budget);

        var output = (await Shell.RunAsync("fleet runs show r-2026")).Output;

        output.ShouldContain("Phase:    waiting\n");
        output.ShouldContain("Driver:   nobody; driver-1 until 2026-03-04T12:00:15Z\n");
        output.ShouldContain("""
            The budget allows no disruption now.
              object: poddisruptionbudget shop/cart
              node:   node-1
              limit:  minAvailable 2
              value:  2 healthy
              cure:   wait for cart-1 to become ready

            To be undone: 1
              max-size on workers-a: 4, was 3
            """);
        using var json = System.Text.Json.JsonDocument.Parse((await Shell.RunAsync("fleet runs show r-20260304 -o json")).Output);
        json.RootElement.GetProperty("reasons")[0].GetProperty("cure").GetString().ShouldBe("wait for cart-1 to become ready");
        json.RootElement.GetProperty("undo")[0].GetProperty("status").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task The_journal_is_shown_from_a_number_on()
    {
        await Shell.StartRunAsync("r-1", RunPhase.Running);

        (await Shell.RunAsync("fleet runs events r-1")).Output.ShouldContain("phase");
        var rest = (await Shell.RunAsync("fleet runs events r-1 --after 1 -o wide")).Output;
        rest.ShouldContain("drains first: short grace");
        rest.ShouldContain("a-1");
        rest.ShouldNotContain("started");
    }

    [Theory]
    [InlineData("pause", RunPhase.Running, RunRequest.Pause)]
    [InlineData("pause", RunPhase.Waiting, RunRequest.Pause)]
    [InlineData("resume", RunPhase.Paused, RunRequest.Resume)]
    [InlineData("resume", RunPhase.Stopped, RunRequest.Resume)]
    [InlineData("cancel", RunPhase.Stopped, RunRequest.Cancel)]
    [InlineData("cancel", RunPhase.Pending, RunRequest.Cancel)]
    public async Task A_request_is_left_for_the_driver(string verb, RunPhase phase, RunRequest request)
    {
        await Shell.StartRunAsync("r-1", phase);

        var ran = await Shell.RunAsync($"fleet runs {verb} r-1 --yes");

        ran.ExitCode.ShouldBe(0);
        (await Shell.StoredRunAsync("r-1")).Request.ShouldBe(request);
    }

    [Theory]
    [InlineData("pause", RunPhase.Paused, 0)]
    [InlineData("resume", RunPhase.Running, 0)]
    [InlineData("cancel", RunPhase.Cancelled, 0)]
    [InlineData("pause", RunPhase.Succeeded, 2)]
    [InlineData("resume", RunPhase.Cancelled, 2)]
    [InlineData("cancel", RunPhase.Failed, 2)]
    public async Task A_request_without_sense_is_not_left(string verb, RunPhase phase, int exitCode)
    {
        await Shell.StartRunAsync("r-1", phase);

        (await Shell.RunAsync($"fleet runs {verb} r-1 --yes")).ExitCode.ShouldBe(exitCode);

        (await Shell.StoredRunAsync("r-1")).Request.ShouldBe(RunRequest.None);
    }

    [Fact]
    public async Task Resume_takes_back_a_pause_that_was_not_yet_handled()
    {
        await Shell.StartRunAsync("r-1", RunPhase.Running);
        await Shell.RunAsync("fleet runs pause r-1 --yes");

        (await Shell.RunAsync("fleet runs resume r-1 --yes")).ExitCode.ShouldBe(0);

        (await Shell.StoredRunAsync("r-1")).Request.ShouldBe(RunRequest.Resume);
    }

    [Fact]
    public async Task Without_a_terminal_and_without_yes_nothing_is_left()
    {
        await Shell.StartRunAsync("r-1", RunPhase.Running);

        (await Shell.RunAsync("fleet runs cancel r-1")).ExitCode.ShouldBe(2);
        (await Shell.RunAsync("fleet runs cancel r-1 --dry-run")).ExitCode.ShouldBe(0);

        (await Shell.StoredRunAsync("r-1")).Request.ShouldBe(RunRequest.None);
    }

    [Theory]
    [InlineData("r-9", "there is no run 'r-9'; did you mean r-1")]
    [InlineData("r", "2 runs begin with 'r': r-2, r-1")]
    public async Task A_run_that_is_not_found_or_not_one_is_refused(string id, string message)
    {
        await Shell.StartRunAsync("r-1", RunPhase.Running);
        await Shell.StartRunAsync("r-2", RunPhase.Running, "batch");

        var ran = await Shell.RunAsync($"fleet runs show {id}");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain(message);
    }
}
