using System.Diagnostics;
using System.Globalization;

namespace Fleet.Benchmarks.Load;

/// <summary>The built command as a process of its own.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process _process;

    private FleetProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it, and reads what it prints up to a line that begins in a given way.</summary>
    /// <returns>The process, and the lines with that one.</returns>
    public static async Task<(FleetProcess Process, IReadOnlyList<string> Said)> StartAsync(string until, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fleet.dll"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new FleetProcess(Process.Start(start)!);
        var said = new List<string>();
        while (await process._process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            said.Add(line);
            if (line.StartsWith(until, StringComparison.Ordinal))
            {
                return (process, said);
            }
        }

        throw new InvalidOperationException($"fleet {string.Join(' ', arguments)} ended before it said '{until}'");
    }

    /// <summary>A line of the kernel's account of the process, in MiB.</summary>
    /// <param name="field"><c>VmRSS</c>, what is resident now, or <c>VmHWM</c>, the most that ever was.</param>
    public long MiB(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
    }

    /// <summary>Processor time since its start.</summary>
    public TimeSpan Processor()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
