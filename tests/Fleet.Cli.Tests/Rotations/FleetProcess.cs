using System.Diagnostics;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>The command as a process of its own, on a served world, so that it can be killed.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process _process;
    private readonly TextSignal _output = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FleetProcess(Site site, Shell shell, string line)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. line.Split(' ')[1..], "--state", shell.StatePath])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new[]
        {
            ("AWS_ENDPOINT_URL", site.Host.AwsEndpoint.ToString()), ("FLEET_CLOCK", site.Host.ClockUrl.ToString()),
            ("AWS_ACCESS_KEY_ID", Site.User), ("AWS_SECRET_ACCESS_KEY", "sandbox"), ("AWS_SESSION_TOKEN", ""),
        })
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) => _ended.TrySetResult();
        _process.OutputDataReceived += (_, text) => _output.WriteLine(text.Data);
        _process.ErrorDataReceived += (_, text) => _output.WriteLine(text.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until the process has printed a text; fails when it ends without.</summary>
    public async Task PrintsAsync(string text)
    {
        var printed = _output.Contains(text);
        if (await Task.WhenAny(printed, _ended.Task) != printed)
        {
            _output.ToString().ShouldContain(text);
        }
    }

    /// <summary>Kills it, without a moment to tidy up.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _output.Dispose();
    }
}
