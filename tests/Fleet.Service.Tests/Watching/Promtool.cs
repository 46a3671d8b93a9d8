using System.Diagnostics;

namespace Fleet.Service.Tests.Watching;

/// <summary>Prometheus' own checker of metrics and rules.</summary>
internal static class Promtool
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>A file of the repository.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    public static async Task<(int ExitCode, string Output)> RunAsync(string? input, params string[] arguments)
    {
        var cached = File(".cache/bin/promtool");
        var start = new ProcessStartInfo(System.IO.File.Exists(cached) ? cached : "promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            throw new InvalidOperationException("promtool is missing; install it with: bash tests/install.sh", absent);
        }
    }

    private static string Find(string folder) => System.IO.File.Exists(Path.Combine(folder, "Fleet.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
