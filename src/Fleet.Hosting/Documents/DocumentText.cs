namespace Fleet.Hosting.Documents;

/// <summary>Reads the documents of a file.</summary>
public static class DocumentText
{
    /// <summary>Reads JSON where the name ends in <c>.json</c>, else YAML, of which JSON is a part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Name of the file, or <c>-</c> for the standard input; errors bear it.</param>
    public static ReadDocuments Read(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonDocuments.Read(text, source) : YamlDocuments.Read(text, source);
    }
}
