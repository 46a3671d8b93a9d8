namespace Fleet.Storage;

/// <summary>The state file cannot be used: it cannot be opened or written, is no database, or is newer than this Fleet.</summary>
public sealed class StateFileException(string path, string why, Exception? inner = null)
    : Exception($"the state file {path} cannot be used: {why}", inner)
{
    /// <summary>The file.</summary>
    public string Path => path;
}
