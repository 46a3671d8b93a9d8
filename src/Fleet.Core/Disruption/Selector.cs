using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A label selector; an empty one matches everything.</summary>
public sealed record Selector
{
    /// <summary>Labels that must be equal.</summary>
    public ImmutableSortedDictionary<string, string> MatchLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Expressions that must all hold.</summary>
    public ImmutableArray<LabelRequirement> Expressions { get; init; } = [];

    /// <summary>Whether labels satisfy it.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in MatchLabels)
        {
            if (!labels.TryGetValue(key, out var actual) || actual != value)
            {
                return false;
            }
        }

        return Expressions.All(expression => expression.Matches(labels));
    }
}
