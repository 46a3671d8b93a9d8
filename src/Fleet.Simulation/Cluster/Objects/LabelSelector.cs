using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A label selector. An empty one matches everything; a null selector (in its holder) matches nothing.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels that must be equal.</summary>
    public ImmutableSortedDictionary<string, string> MatchLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Expressions that must all hold.</summary>
    public ImmutableArray<SelectorRequirement> Expressions { get; init; } = [];

    /// <summary>Whether labels satisfy the selector.</summary>
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

    /// <summary>A selector of one label.</summary>
    public static LabelSelector Of(string key, string value) => new() { MatchLabels = ImmutableSortedDictionary<string, string>.Empty.Add(key, value) };
}
