namespace Fleet.Sandbox.WorldFile;

/// <summary>A world file cannot be used; all its mistakes at once.</summary>
public sealed class WorldFileException(IReadOnlyList<WorldFileError> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>The mistakes, in the order of the file.</summary>
    public IReadOnlyList<WorldFileError> Errors => errors;
}
