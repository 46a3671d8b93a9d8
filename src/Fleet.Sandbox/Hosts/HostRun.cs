using System.Diagnostics;
using System.Text;
using Fleet.Simulation.Cloud.Hosts;

namespace Fleet.Sandbox.Hosts;

/// <summary>A script under way. Its process ends when its standard input closes, hence also when this process is killed.</summary>
internal sealed class HostRun : IDisposable
{
    /// <summary>More than SSM keeps of it; what follows is read and forgotten.</summary>
    private const int Kept = 32_000;

    private const string Cure = "the sandbox's hosts need namespaces, which this machine does not permit: run it as root, in a container with --privileged (or CAP_SYS_ADMIN and an unconfined seccomp and AppArmor profile), with util-linux's unshare and setpriv installed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Process? _process;
    private HostEnd? _asked;

    /// <summary>Asks it to end.</summary>
    public void Dispose() => Ask(HostEnd.Stopped);

    /// <summary>Runs the script to its end.</summary>
    /// <param name="entered">The file that says that the private root was reached.</param>
    /// <param name="arguments">Arguments of unshare.</param>
    /// <param name="timeout">When it is killed.</param>
    /// <param name="wall">The wall clock.</param>
    public async Task<HostResult> RunAsync(string entered, IEnumerable<string> arguments, TimeSpan timeout, TimeProvider wall)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("unshare", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return new HostResult(HostEnd.Unavailable, -1, "", $"fleet-sandbox: {Cure}: {missing.Message}\n");
        }

        using (process)
        {
            lock (_lock)
            {
                _process = process;
                CloseIfAsked();
            }

            var (output, errors) = (ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await WaitAsync(process, timeout, wall).ConfigureAwait(false);
            var (said, complained) = (await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
            lock (_lock)
            {
                _process = null;
                return new FileInfo(entered) is not { Exists: true, Length: > 0 } ? new HostResult(_asked ?? HostEnd.Unavailable, -1, said, _asked is null ? $"{complained}fleet-sandbox: {Cure}\n" : complained)
                    : _asked is { } end ? new HostResult(end, -1, said, complained)
                    : HostResult.Exited(process.ExitCode, said, complained);
            }
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, Kept - kept.Length));
        }

        return kept.ToString();
    }

    private async Task WaitAsync(Process process, TimeSpan timeout, TimeProvider wall)
    {
        using (var late = new CancellationTokenSource(timeout, wall))
        {
            await process.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!process.HasExited)
        {
            Ask(HostEnd.TimedOut);
            using var impatient = new CancellationTokenSource(Patience, wall);
            await process.WaitForExitAsync(impatient.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    private void Ask(HostEnd end)
    {
        lock (_lock)
        {
            _asked ??= end;
            CloseIfAsked();
        }
    }

    private void CloseIfAsked()
    {
        if (_asked is not null)
        {
            _process?.StandardInput.Close();
        }
    }
}
