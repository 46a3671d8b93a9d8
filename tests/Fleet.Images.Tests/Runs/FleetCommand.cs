using System.Diagnostics;
using Fleet.Cli;

namespace Fleet.Images.Tests.Runs;

/// <summary>The fleet command as a process of its own, on a state file, against an account in moto.</summary>
internal sealed class FleetCommand : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];
    private readonly List<(string Text, TaskCompletionSource Heard)> _awaited = [];

    public FleetCommand(string folder, string endpoint, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments, "--state", Path.Combine(folder, "fleet.db")]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("AWS_ENDPOINT_URL", endpoint), ("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing"), ("XDG_CONFIG_HOME", folder) })
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All that it has said.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    /// <summary>Waits until it ends.</summary>
    public async Task<(int Exit, string Said)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, Said);
    }

    /// <summary>Waits until it has said a text; fails where it ends without.</summary>
    public async Task SaysAsync(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_said)
        {
            if (_said.Any(line => line.Contains(text, StringComparison.Ordinal)))
            {
                return;
            }

            _awaited.Add((text, heard));
        }

        if (await Task.WhenAny(heard.Task, _process.WaitForExitAsync()) != heard.Task)
        {
            Said.ShouldContain(text);
        }
    }

    /// <summary>Ctrl-C.</summary>
    public Task InterruptAsync() => Infra.Tests.Tools.Tool.RunAsync("kill", "/", ["-INT", $"{_process.Id}"]);

    /// <summary>Kills it, without a moment to tidy up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
            foreach (var (_, heard) in _awaited.Where(awaited => line?.Contains(awaited.Text, StringComparison.Ordinal) == true))
            {
                heard.TrySetResult();
            }
        }
    }
}
