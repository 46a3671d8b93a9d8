namespace Fleet.Storage;

/// <summary>Where the embedded database lives and who may read it.</summary>
public static class StateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The default path: <c>$XDG_STATE_HOME/fleet/fleet.db</c>, else <c>~/.local/state/fleet/fleet.db</c> (XDG Base Directory Specification).</summary>
    /// <param name="environment">Reads an environment variable; null where it is unset.</param>
    public static string DefaultPath(Func<string, string?> environment)
    {
        var state = environment("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state) || !Path.IsPathRooted(state))
        {
            var home = environment("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            state = Path.Combine(home, ".local", "state");
        }

        return Path.Combine(state, "fleet", "fleet.db");
    }

    /// <summary>Makes the file, and the folders above it, readable by its owner only (0600 and 0700); narrows a file that others may read.</summary>
    internal static void Prepare(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            // SQLite gives its journal files the mode of the database, so the mode is set before SQLite sees the file.
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly };
            new FileStream(path, options).Dispose();
        }
        else if (File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
