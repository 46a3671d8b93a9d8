namespace Fleet.Cli.Tests;

/// <summary>A folder with a <c>fleet</c> that other programs find on their PATH, and a PATH that begins with it.</summary>
internal sealed class FleetOnPath : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-path-");

    public FleetOnPath()
    {
        var script = System.IO.Path.Combine(_folder.FullName, "fleet");
        File.WriteAllText(script, $"#!/bin/sh\nexec '{Environment.ProcessPath}' '{typeof(Program).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Path => $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    public void Dispose() => _folder.Delete(recursive: true);
}
