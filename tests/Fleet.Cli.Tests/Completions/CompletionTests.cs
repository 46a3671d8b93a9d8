using System.Diagnostics;
using Fleet.Core.Runs;

namespace Fleet.Cli.Tests.Completions;

/// <summary>Real shells complete lines with what <c>fleet completion</c> prints for them.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private Shell _shell = null!;
    private FleetOnPath _path = null!;

    public async Task InitializeAsync()
    {
        (_shell, _path) = (new Shell(), new FleetOnPath());
        await _shell.DeclareAsync();
        await _shell.StartRunAsync("r-1", RunPhase.Waiting);
    }

    public Task DisposeAsync()
    {
        _path.Dispose();
        _shell.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("fleet sch", "schedules")]
    [InlineData("fleet rot", "rotate")]
    [InlineData("fleet runs wa", "watch")]
    [InlineData("fleet rotate --state STATE prod/", "prod/batch prod/workers")]
    [InlineData("fleet runs show --state STATE ", "r-1")]
    [InlineData("fleet get --state STATE cluster p", "prod")]
    [InlineData("fleet rotate --when-under-way s", "supersede")]
    public async Task Bash_completes(string line, string expected)
    {
        // What readline does at a tab: it sets these and calls the function.
        const string Tab = """
            source <(fleet completion bash)
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"$1"
            [[ $1 == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _fleet
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        Words(await AskAsync("bash", ["-c", Tab, "bash", Full(line)])).Where(word => word[0] is not ('-' or '/')).ShouldBe(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ignoreOrder: true);
    }

    [Theory]
    [InlineData("fleet rot", "rotate")]
    [InlineData("fleet rotate --state STATE prod/w", "prod/workers")]
    public async Task Fish_completes(string line, string expected) =>
        Words(await AskAsync("fish", ["--no-config", "-c", "fleet completion fish | source; complete -C $argv[1]", Full(line)])).ShouldContain(expected);

    [Theory]
    [InlineData("fleet rot", "rotate")]
    [InlineData("fleet rotate --state STATE prod/w", "prod/workers")]
    public async Task Zsh_completes(string line, string expected)
    {
        // Zsh completes in its line editor alone; here the function gets the words and says what it would offer.
        const string Tab = """
            compdef() { : }
            compadd() { shift; print -l -- "$@" }
            source <(fleet completion zsh)
            words=(${=1})
            CURRENT=${#words}
            _fleet
            """;

        Words(await AskAsync("zsh", ["-f", "-c", Tab, "zsh", Full(line)])).ShouldContain(expected);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_left_out_without_a_word()
    {
        foreach (var line in (string[])["fleet rotate --server http://127.0.0.1:9 pro", "fleet rotate --state /nowhere/fleet.db pro", "fleet runs show --context nowhere r"])
        {
            var ran = await _shell.RunAsync([$"[suggest:{line.Length}]", line]);
            ran.ExitCode.ShouldBe(0, ran.Error);
            ran.Output.ShouldNotContain("prod/");
            ran.Error.ShouldBeEmpty();
        }

        File.Exists("/nowhere/fleet.db").ShouldBeFalse();
    }

    private string Full(string line) => line.Replace("STATE", _shell.StatePath);

    private static string[] Words(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<string> AskAsync(string shell, string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = _path.Path;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        (await error).ShouldBeEmpty();
        return await output;
    }
}
