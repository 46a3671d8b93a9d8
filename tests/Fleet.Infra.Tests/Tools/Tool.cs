using System.ComponentModel;
using System.Diagnostics;

namespace Fleet.Infra.Tests.Tools;

/// <summary>Programs of others, and the tree that these tests were built from.</summary>
internal static class Tool
{
    /// <summary>The folder of Fleet.sln.</summary>
    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>A file or folder of the repository.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Root, path);

    /// <summary>Runs a program; where it fails the test does, with what it wrote.</summary>
    public static async Task<string> RunAsync(string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (exit, output, error) = await TryAsync(program, folder, arguments, environment);
        exit.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }

    /// <summary>Runs a program.</summary>
    public static async Task<(int Exit, string Output, string Error)> TryAsync(string program, string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var cached = Path($".cache/bin/{program}");
        var start = new ProcessStartInfo(File.Exists(cached) ? cached : program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception absent)
        {
            throw new InvalidOperationException($"{program} is missing; install it with: bash tests/install.sh", absent);
        }
    }

    private static string Find(string folder) => File.Exists(System.IO.Path.Combine(folder, "Fleet.sln")) ? folder : Find(System.IO.Path.GetDirectoryName(folder)!);
}
