using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>One expression of a selector (Labels and Selectors; Gt and Lt in node affinity).</summary>
public sealed record LabelRequirement(string Key, string Operator, ImmutableArray<string> Values)
{
    /// <summary>Whether labels satisfy it; an unknown operator satisfies nothing.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            "In" => has && Values.Contains(value!),
            "NotIn" => !has || !Values.Contains(value!),
            "Exists" => has,
            "DoesNotExist" => !has,
            "Gt" => has && long.TryParse(value, out var more) && long.TryParse(Values.FirstOrDefault(), out var least) && more > least,
            "Lt" => has && long.TryParse(value, out var less) && long.TryParse(Values.FirstOrDefault(), out var most) && less < most,
            _ => false,
        };
    }
}
