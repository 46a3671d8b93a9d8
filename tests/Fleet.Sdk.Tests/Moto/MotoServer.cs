using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fleet.Sdk.Tests.Moto;

/// <summary>moto, an AWS emulator that others wrote, on a free port. It prints its address once it listens.</summary>
public sealed class MotoServer : IAsyncLifetime
{
    private Process? process;

    public string Url { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("moto_server", ["-H", "127.0.0.1", "-p", "0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("moto_server is missing; install it with: bash tests/install.sh", e);
        }

        var listening = new TaskCompletionSource<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                listening.TrySetException(new InvalidOperationException("moto_server ended before it listened"));
            }
            else if (Regex.Match(line.Data, @"Running on (http://127\.0\.0\.1:\d+)") is { Success: true } match)
            {
                listening.TrySetResult(match.Groups[1].Value);
            }
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Url = await listening.Task;
    }

    public Task DisposeAsync()
    {
        process?.Kill(entireProcessTree: true);
        process?.Dispose();
        return Task.CompletedTask;
    }
}
