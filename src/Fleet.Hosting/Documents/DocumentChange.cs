namespace Fleet.Hosting.Documents;

/// <summary>A field whose value differs between two documents.</summary>
/// <param name="Path">Path, e.g. <c>spec.rotation.maxSurge</c>.</param>
/// <param name="Before">JSON of the value before; null where there was none.</param>
/// <param name="After">JSON of the value after; null where there is none.</param>
public sealed record DocumentChange(string Path, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Before ?? "(not set)"} -> {After ?? "(not set)"}";
}
