namespace Fleet.Cli.Tests;

public sealed class ScheduleResourceOnStoreTests() : ScheduleResourceTests(onServer: false);

public sealed class ScheduleResourceOnServerTests() : ScheduleResourceTests(onServer: true);

/// <summary>Schedules as declared resources on the command line.</summary>
public abstract class ScheduleResourceTests(bool onServer) : OnBackend(onServer)
{
    private const string Monthly = """
        apiVersion: fleet/v1
        kind: Schedule
        metadata: {name: monthly}
        spec:
          cluster: prod
          pools: [workers]
          cron: 0 2 * * TUE#2
          timeZone: Europe/Berlin
          olderThan: 14d
        """;

    [Fact]
    public async Task A_schedule_is_applied_shown_and_deleted()
    {
        await Shell.DeclareAsync();

        var applied = await Shell.RunAsync("fleet apply -f - --yes", Monthly);

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Output.ShouldStartWith("create     Schedule monthly");
        (await Shell.RunAsync("fleet apply -f - --yes", Monthly)).Output.ShouldStartWith("unchanged  Schedule monthly");
        (await Shell.RunAsync("fleet get schedules")).Output.ShouldMatch(@"monthly +prod +workers +0 2 \* \* TUE#2 +Europe/Berlin +\d{4}-\d\d-\d\dT0[01]:00:00Z");
        (await Shell.RunAsync("fleet get schedule monthly -o yaml")).Output.ShouldContain("olderThan: 14d");
        (await Shell.RunAsync("fleet describe schedule monthly")).Output.ShouldContain("misfire: skip");
        (await Shell.RunAsync("fleet delete schedule monthly --yes")).ExitCode.ShouldBe(0);
        (await Shell.RunAsync("fleet get schedule monthly")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_schedule_needs_is_not_deleted()
    {
        await Shell.DeclareAsync();
        await Shell.RunAsync("fleet apply -f - --yes", Monthly);

        var ran = await Shell.RunAsync("fleet delete nodepool prod/workers --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("pool prod/workers is named by the schedules monthly; take it out of them first");
    }
}
