namespace Fleet.Storage;

/// <summary>Held by the one service that a state file has; it goes with the process, however that ends.</summary>
public sealed class ServiceLock : IDisposable
{
    private readonly FileStream _file;

    private ServiceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a state file.</summary>
    /// <param name="path">The state file.</param>
    /// <exception cref="StateFileException">Another service has it.</exception>
    public static ServiceLock Take(string path)
    {
        try
        {
            return new(new FileStream(path + ".service", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new StateFileException(path, $"another fleet serve works on it ({path}.service is locked); stop that one, or name another file", taken);
        }
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _file.Dispose();
}
