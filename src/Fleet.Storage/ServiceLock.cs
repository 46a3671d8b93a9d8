namespace Fleet.Storage;

/// <summary>
/// Held by the one service that a state file has: a lock of the operating system on a file beside it, which goes with the process, however that ends. Commands that read the file or leave requests in it need no lock.
/// </summary>
public sealed class ServiceLock : IDisposable
{
    private readonly FileStream _file;

    private ServiceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a state file.</summary>
    /// <param name="path">The state file; it exists. A symbolic link stands for the file that it leads to.</param>
    /// <exception cref="StateFileException">Another service has it, or the file beside it cannot be made.</exception>
    public static ServiceLock Take(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            return new(new FileStream($"{file}.service", options));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StateFileException(path, $"its lock cannot be made: {e.Message}", e);
        }
        catch (IOException taken)
        {
            throw new StateFileException(path, $"another fleet serve works on it ({path}.service is locked); stop that one, or name another file", taken);
        }
    }

    /// <summary>Gives it back. The file stays: who removed it could take away the lock of one who has just opened it.</summary>
    public void Dispose() => _file.Dispose();
}
