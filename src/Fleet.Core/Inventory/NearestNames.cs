namespace Fleet.Core.Inventory;

/// <summary>Names that somebody may have meant.</summary>
public static class NearestNames
{
    private const int Most = 3;

    /// <summary>Up to three of the known names within a third of the name's length (at least two) by Levenshtein distance, or that contain it; nearest first.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(known);
        var reach = Math.Max(2, name.Length / 3);
        return
        [
            .. known.Select(candidate => (Name: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
                .Where(candidate => candidate.Distance <= reach || (name.Length > 2 && candidate.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .Select(candidate => candidate.Name).Distinct().Take(Most),
        ];
    }

    /// <summary>The end of a sentence: <c>; did you mean a or b?</c>, or nothing where no known name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var nearest = Of(name, known);
        return nearest.Count == 0 ? "" : $"; did you mean {string.Join(" or ", nearest)}?";
    }

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substitution = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
