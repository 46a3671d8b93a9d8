using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>One expression of a selector; operators In, NotIn, Exists, DoesNotExist (node affinity also Gt, Lt).</summary>
public sealed record SelectorRequirement(string Key, string Operator, ImmutableArray<string> Values)
{
    /// <summary>Whether labels satisfy the expression.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            "In" => has && Values.Contains(value!),
            "NotIn" => !has || !Values.Contains(value!),
            "Exists" => has,
            "DoesNotExist" => !has,
            "Gt" => has && long.TryParse(value, out var more) && more > long.Parse(Values[0]),
            "Lt" => has && long.TryParse(value, out var less) && less < long.Parse(Values[0]),
            _ => false,
        };
    }
}
