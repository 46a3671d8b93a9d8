namespace Fleet.Sandbox.WorldFile;

/// <summary>One mistake in a world file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Field">Path of the field, e.g. <c>spec.groups[0].max</c>.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record WorldFileError(long Line, long Column, string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, column {Column}: {Field}: {Message}";
}
