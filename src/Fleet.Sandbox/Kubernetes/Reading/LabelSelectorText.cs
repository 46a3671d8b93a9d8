using Fleet.Sandbox.Kubernetes.Serving;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Reading;

/// <summary>A labelSelector as clients write it: <c>a=b,c!=d,e in (f,g),h notin (i),j,!k</c>.</summary>
internal static class LabelSelectorText
{
    /// <summary>Parses a selector; null when there is none.</summary>
    /// <exception cref="Fleet.Simulation.Cluster.Api.StatusException">400: syntax.</exception>
    public static LabelSelector? Parse(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : new LabelSelector { Expressions = [.. Terms(text).Select(Term)] };

    private static IEnumerable<string> Terms(string text)
    {
        var (start, depth) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (text[at] == ',' && depth == 0))
            {
                yield return text[start..at].Trim();
                start = at + 1;
            }
            else
            {
                depth += text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }

    private static SelectorRequirement Term(string term)
    {
        if (term.EndsWith(')') && term.IndexOf('(', StringComparison.Ordinal) is > 0 and var open)
        {
            var head = term[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (head is [var key, "in" or "notin"])
            {
                return new SelectorRequirement(key, head[1] == "in" ? "In" : "NotIn", [.. term[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)]);
            }
        }
        else if (term.Split("!=") is [var unequal, var other] && Plain(unequal))
        {
            return new SelectorRequirement(unequal.Trim(), "NotIn", [other.Trim()]);
        }
        else if (term.Replace("==", "=", StringComparison.Ordinal).Split('=') is [var equal, var value] && Plain(equal))
        {
            return new SelectorRequirement(equal.Trim(), "In", [value.Trim()]);
        }
        else if (term.StartsWith('!') && Plain(term[1..]))
        {
            return new SelectorRequirement(term[1..].Trim(), "DoesNotExist", []);
        }
        else if (Plain(term))
        {
            return new SelectorRequirement(term, "Exists", []);
        }

        throw Refusals.BadRequest($"unable to parse requirement: invalid label selector '{term}'");
    }

    private static bool Plain(string key) => key.Trim() is { Length: > 0 } name && name.All(one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_' or '/');
}
