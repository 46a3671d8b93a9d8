using System.Collections.Immutable;

namespace Fleet.Tools.Packer;

/// <summary>A line of Packer's machine-readable output (Packer, "Machine-Readable Output"): a time, what it is about, a type and data.</summary>
/// <param name="Target">The build that it is about; empty for Packer itself.</param>
/// <param name="Type">Type, e.g. <c>ui</c> or <c>artifact</c>.</param>
/// <param name="Data">The data, with commas and line ends as they were.</param>
internal sealed record MachineLine(string Target, string Type, ImmutableArray<string> Data)
{
    /// <summary>Reads a line.</summary>
    /// <returns>The line; null where it is none, such as what a plugin prints past Packer.</returns>
    public static MachineLine? Read(string text)
    {
        var parts = text.Split(',');
        return parts.Length >= 3 && long.TryParse(parts[0], out _)
            ? new(parts[1], parts[2], [.. parts[3..].Select(part => part.Replace("%!(PACKER_COMMA)", ",", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal))])
            : null;
    }

    /// <summary>The images of an artifact, where the line names them: <c>region:id</c>, with commas between.</summary>
    public IEnumerable<(string Region, string ImageId)> Images()
    {
        if (Type != "artifact" || Data is not [_, "id", var ids, ..])
        {
            yield break;
        }

        foreach (var pair in ids.Split(',').Select(id => id.Split(':')).Where(pair => pair is [_, ['a', 'm', 'i', '-', ..]]))
        {
            yield return (pair[0], pair[1]);
        }
    }
}
