using System.Diagnostics;

namespace Fleet.Tools.Processes;

/// <summary>
/// A tool as a child process with an environment of its own. A shell stands between: it asks the tool to end, by SIGTERM to the tool alone, when its standard input is closed. That is how a run is cancelled, and it also
/// happens when this process is killed, so that no tool works on for a Fleet that is gone.
/// </summary>
internal sealed class ToolProcess : IDisposable
{
    /// <summary>The first argument is the tool. Its process group is left as it is: what the tool itself started is the tool's to end.</summary>
    internal const string Supervise = """
        "$@" </dev/null &
        tool=$!
        exec 3<&0
        { while read -r _ <&3; do :; done; kill -TERM "$tool"; } >/dev/null 2>&1 &
        watch=$!
        wait "$tool"
        code=$?
        kill "$watch" 2>/dev/null
        exit "$code"
        """;

    /// <summary>The PATH of the usual folders of a Debian system.</summary>
    internal const string UsualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>How long is listened to what a tool left running, once it has ended itself.</summary>
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _output;
    private readonly Task _errors;

    private ToolProcess(Process process, Action<string> output, Action<string> errors)
    {
        _process = process;
        _output = ReadAsync(process.StandardOutput, output);
        _errors = ReadAsync(process.StandardError, errors);
    }

    /// <summary>Starts a tool.</summary>
    /// <param name="tool">The program: its path, or its name where <paramref name="environment"/> has a PATH.</param>
    /// <param name="arguments">Its arguments; others on this machine can read them, so they hold no secret.</param>
    /// <param name="environment">Its whole environment; nothing of this process's own is passed on.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="output">Takes each line of its standard output.</param>
    /// <param name="errors">Takes each line of its standard error.</param>
    public static ToolProcess Start(string tool, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, Action<string> output, Action<string> errors)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", Supervise, "supervise", tool, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ToolProcess(Process.Start(start)!, output, errors);
    }

    /// <summary>Asks the tool to end.</summary>
    public void Terminate() => _process.StandardInput.Close();

    /// <summary>Waits until it has ended and what it said is heard.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAll(_output, _errors).WaitAsync(Listening, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.ExitCode;
    }

    /// <summary>Asks the tool to end, and after a while ends it with all that it started.</summary>
    /// <param name="patience">How long it may take to end by itself.</param>
    /// <param name="wall">Wall clock.</param>
    public async Task StopAsync(TimeSpan patience, TimeProvider wall)
    {
        Terminate();
        await _process.WaitForExitAsync().WaitAsync(patience, wall).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        // Who could still write to its outputs is gone then, too.
        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>Lets go of it; what still runs is asked to end.</summary>
    public void Dispose() => _process.Dispose();

    private static async Task ReadAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } text)
        {
            line(text);
        }
    }
}
