using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Fleet.Tools.Processes;

namespace Fleet.Tools.Tests.Processes;

/// <summary>Tools as child processes.</summary>
public sealed class ToolProcessTests : IDisposable
{
    private static readonly Dictionary<string, string> Surroundings = new() { ["PATH"] = "/usr/bin:/bin", ["GIVEN"] = "yes" };

    private readonly TemporaryFolder _folder = new();
    private readonly BlockingCollection<string> _said = [];

    public void Dispose()
    {
        _folder.Dispose();
        _said.Dispose();
    }

    [Fact]
    public async Task It_gets_the_environment_that_is_given_and_nothing_else()
    {
        using var process = Start("env");

        (await process.EndAsync()).ShouldBe(0);
        _said.Where(line => !line.StartsWith("_=", StringComparison.Ordinal)).ShouldBe(["PATH=/usr/bin:/bin", "GIVEN=yes", $"PWD={_folder.Path}", "SHLVL=0"], ignoreOrder: true);
    }

    [Fact]
    public async Task Its_exit_code_and_both_outputs_are_heard()
    {
        using var process = Start("/bin/bash", "-c", "echo out; echo err >&2; exit 7");

        (await process.EndAsync()).ShouldBe(7);
        _said.ShouldBe(["out", "err"], ignoreOrder: true);
    }

    [Fact]
    public async Task Asked_to_end_the_tool_alone_gets_the_signal_and_may_clean_up()
    {
        // The child is in the tool's own process group, as Packer's plugins are.
        using var process = Start("/bin/bash", "-c", """
            trap 'echo cleaning; touch done; wait; exit 3' TERM
            bash -c 'trap "echo child got it" TERM; echo ready; while ! [ -e done ]; do sleep 0.05; done; echo child ended' &
            while :; do sleep 0.05; done
            """);
        _said.Take().ShouldBe("ready");

        process.Terminate();

        (await process.EndAsync()).ShouldBe(3);
        _said.ShouldBe(["cleaning", "child ended"]);
    }

    [Fact]
    public async Task It_is_asked_to_end_when_the_process_that_started_it_is_killed()
    {
        var project = $$"""
            import os, subprocess, sys
            child = subprocess.Popen(["/bin/bash", "-c", sys.argv[1], "supervise", "/bin/bash", "-c", "trap 'touch cleaned; exit 0' TERM; touch ready; while :; do sleep 0.05; done"], stdin=subprocess.PIPE)
            child.wait()
            """;
        using var owner = Process.Start(new ProcessStartInfo("python3", ["-c", project, ToolProcess.Supervise]) { WorkingDirectory = _folder.Path })!;
        await Until("ready");

        owner.Kill();

        await Until("cleaned");
    }

    [Fact]
    public async Task What_a_tool_leaves_running_with_its_output_open_does_not_hold_up_its_end()
    {
        using var process = Start("/bin/bash", "-c", "sleep 60 & echo said; echo $! >left; exit 4");

        (await process.EndAsync()).ShouldBe(4);

        _said.Take().ShouldBe("said");
        using var left = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "left")), CultureInfo.InvariantCulture));
        left.HasExited.ShouldBeFalse();
        left.Kill();
    }

    [Fact]
    public async Task A_tool_that_is_absent_ends_with_127()
    {
        using var process = Start("no-such-tool");

        (await process.EndAsync()).ShouldBe(127);
    }

    private ToolProcess Start(string tool, params string[] arguments) => ToolProcess.Start(tool, arguments, Surroundings, _folder.Path, _said.Add, _said.Add);

    private async Task Until(string file)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!File.Exists(Path.Combine(_folder.Path, file)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
