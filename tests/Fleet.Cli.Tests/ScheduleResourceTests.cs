namespace Fleet.Cli.Tests;

public sealed class ScheduleResourceOnStoreTests() : ScheduleResourceTests(onServer: false);

public sealed class ScheduleResourceOnServerTests() : ScheduleResourceTests(onServer: true);

/// <summary>Schedules as declared resources on the command line.</summary>
public abstract class ScheduleResourceTests(bool onServer) : OnBackend(onServer)
{
    [Fact]
    public async Task A_schedule_is_applied_shown_and_deleted()
    {
        await Shell.DeclareAsync();

        var applied = await Shell.RunAsync("fleet apply -f - --yes", Documents.Monthly);

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Output.ShouldStartWith("create     Schedule monthly");
        (await Shell.RunAsync("fleet apply -f - --yes", Documents.Monthly)).Output.ShouldStartWith("unchanged  Schedule monthly");
        (await Shell.RunAsync("fleet get schedules")).Output.ShouldMatch(@"monthly +prod +workers +0 2 \* \* TUE#2 +Europe/Berlin +\S+ +\d{4}-\d\d-\d\dT0[01]:00:00Z");
        (await Shell.RunAsync("fleet get schedule monthly -o yaml")).Output.ShouldContain("olderThan: 14d");
        (await Shell.RunAsync("fleet describe schedule monthly")).Output.ShouldContain("misfire: skip");
        (await Shell.RunAsync("fleet delete schedule monthly --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet get schedule monthly")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Its_times_are_shown_and_it_is_asked_for_something()
    {
        await Shell.DeclareAsync();
        await Shell.RunAsync("fleet apply -f - --yes", Documents.Monthly);

        (await Shell.RunAsync("fleet schedules next monthly --count 2")).Output.ShouldMatch(@"EUROPE/BERLIN\s+\S+Z +Tue \d{4}-\d\d-\d\d 02:00 \+0[12]:00\s+\S+Z +Tue \d{4}-\d\d-\d\d 02:00 \+0[12]:00\s+$");
        (await Shell.RunAsync("fleet schedules show monthly")).Output.ShouldContain("Rotates:  what is outdated or what is older than 14d");
        (await Shell.RunAsync("fleet schedules suspend monthly --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet schedules show monthly")).Output.ShouldContain("Next:     suspended");
        (await Shell.RunAsync("fleet schedules resume monthly --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet get schedules")).Output.ShouldNotContain("suspended");
        (await Shell.RunAsync("fleet schedules run-now monthly --yes")).Error.ShouldStartWith("Left ");
        (await Shell.RunAsync("fleet schedules next monthly --count 0")).ExitCode.ShouldBe(2);
        (await Shell.RunAsync("fleet schedules show montly")).Error.ShouldContain("did you mean monthly?");
    }

    [Fact]
    public async Task One_with_a_recipe_shows_it_and_can_be_fired_without_the_wait()
    {
        await Shell.DeclareAsync();
        (await Shell.RunAsync("fleet apply -f - --yes", Documents.Weekly)).ExitCode.ShouldBe(0);
        await Shell.RunAsync("fleet apply -f - --yes", Documents.Monthly);

        var shown = await Shell.RunAsync("fleet schedules show weekly");
        shown.Output.ShouldContain("Recipe:   worker", Case.Sensitive, shown.Error);
        (await Shell.RunAsync("fleet get nodepool prod/canary -o yaml")).Output.ShouldContain("channel: candidate");
        (await Shell.RunAsync("fleet get schedule weekly -o yaml")).Output.ShouldContain("recipe: worker");
        (await Shell.RunAsync("fleet schedules run-now monthly --skip-soak --yes")).Error.ShouldContain("schedule monthly has no spec.recipe");
        (await Shell.RunAsync("fleet schedules run-now weekly --skip-soak --yes")).Error.ShouldStartWith("Left ");
        (await Shell.RunAsync("fleet schedules suspend weekly --skip-soak --yes")).ExitCode.ShouldBe(2);
        (await Shell.RunAsync("fleet delete recipe worker --yes")).Error.ShouldContain("the schedules weekly build recipe worker");
    }

    [Fact]
    public async Task What_a_schedule_needs_is_not_deleted()
    {
        await Shell.DeclareAsync();
        await Shell.RunAsync("fleet apply -f - --yes", Documents.Monthly);

        var ran = await Shell.RunAsync("fleet delete nodepool prod/workers --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("pool prod/workers is named by the schedules monthly; take it out of them first");
    }
}
