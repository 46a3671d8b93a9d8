namespace Fleet.Cli.Tests.Rotations;

/// <summary>How a run on a server is followed.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task A_run_that_has_ended_is_followed_until_its_stream_has_told_all()
    {
        await using var server = await SlowStream.StartAsync();
        using var shell = new Shell { Server = server.Url };

        var watched = await shell.RunAsync(["runs", "watch", SlowStream.Id]);

        watched.ExitCode.ShouldBe(ExitCode.Done, watched.Error);
        watched.Output.ShouldContain("the line that came last");
    }
}
