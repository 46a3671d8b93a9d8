namespace Fleet.Cli.Tests;

/// <summary>Schedules as declared resources on the command line.</summary>
public sealed class ScheduleResourceTests : IDisposable
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

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_schedule_is_applied_shown_and_deleted()
    {
        await _shell.DeclareAsync();

        var applied = await _shell.RunAsync("fleet apply -f - --yes", Monthly);

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Output.ShouldStartWith("create     Schedule monthly");
        (await _shell.RunAsync("fleet apply -f - --yes", Monthly)).Output.ShouldStartWith("unchanged  Schedule monthly");
        (await _shell.RunAsync("fleet get schedules")).Output.ShouldMatch(@"monthly +prod +workers +0 2 \* \* TUE#2 +Europe/Berlin +\d{4}-\d\d-\d\dT0[01]:00:00Z");
        (await _shell.RunAsync("fleet get schedule monthly -o yaml")).Output.ShouldContain("olderThan: 14d");
        (await _shell.RunAsync("fleet describe schedule monthly")).Output.ShouldContain("misfire: skip");
        (await _shell.RunAsync("fleet delete schedule monthly --yes")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("fleet get schedule monthly")).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_schedule_needs_is_not_deleted()
    {
        await _shell.DeclareAsync();
        await _shell.RunAsync("fleet apply -f - --yes", Monthly);

        var ran = await _shell.RunAsync("fleet delete nodepool prod/workers --yes");

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("pool prod/workers is named by the schedules monthly; take it out of them first");
    }
}
