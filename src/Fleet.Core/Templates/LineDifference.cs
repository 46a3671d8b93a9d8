using System.Collections.Immutable;

namespace Fleet.Core.Templates;

/// <summary>The lines in which two texts differ, each with two lines around it, as <c>diff -u</c> shows them, with what looks like a secret masked.</summary>
internal static class LineDifference
{
    private const int Around = 2;
    private const int Most = 60;
    private const int Longest = 160;

    /// <summary>The lines; none where they would be more than sixty, and nobody would read them.</summary>
    public static ImmutableArray<string> Of(string before, string after)
    {
        var edits = Edits(before.Split('\n'), after.Split('\n'));
        var near = edits.Index().Where(edit => edit.Item.Sign != ' ').SelectMany(edit => Enumerable.Range(edit.Index - Around, (2 * Around) + 1)).ToHashSet();
        var lines = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < edits.Count; at++)
        {
            if (!near.Contains(at))
            {
                continue;
            }

            if (!near.Contains(at - 1))
            {
                lines.Add($"@@ -{edits[at].Before} +{edits[at].After} @@");
            }

            var text = SecretMask.Of(edits[at].Text);
            lines.Add($"{edits[at].Sign}{(text.Length > Longest ? $"{text[..Longest]} …" : text)}");
        }

        return lines.Count > Most ? [] : lines.ToImmutable();
    }

    /// <summary>All lines of both, each once: kept, gone or new, with the numbers that they have in each text.</summary>
    private static List<Edit> Edits(string[] before, string[] after)
    {
        // The longest common subsequence: user data has at most some thousand lines.
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<Edit>();
        var (old, now) = (0, 0);
        while (old < before.Length || now < after.Length)
        {
            if (old < before.Length && now < after.Length && before[old] == after[now])
            {
                edits.Add(new(' ', before[old], old + 1, now + 1));
                (old, now) = (old + 1, now + 1);
            }
            else if (old < before.Length && (now == after.Length || common[old + 1, now] >= common[old, now + 1]))
            {
                edits.Add(new('-', before[old], old + 1, now + 1));
                old++;
            }
            else
            {
                edits.Add(new('+', after[now], old + 1, now + 1));
                now++;
            }
        }

        return edits;
    }

    private readonly record struct Edit(char Sign, string Text, int Before, int After);
}
