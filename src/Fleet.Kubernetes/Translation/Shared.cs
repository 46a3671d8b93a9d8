using System.Collections.Immutable;
using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>What several kinds have in common.</summary>
internal static class Shared
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, string> Map(IEnumerable<KeyValuePair<string, string>>? values) => values is null ? None : None.AddRange(values);

    /// <summary>Times on the wire are UTC.</summary>
    public static DateTimeOffset? Time(DateTime? time) => time is { } value ? new DateTimeOffset(value.ToUniversalTime(), TimeSpan.Zero) : null;

    public static Selector? Of(V1LabelSelector? selector) => selector is null ? null : new Selector
    {
        MatchLabels = Map(selector.MatchLabels),
        Expressions = [.. (selector.MatchExpressions ?? []).Select(expression => new LabelRequirement(expression.Key, expression.OperatorProperty, [.. expression.Values ?? []]))],
    };

    public static OwnerKey? ControllerOf(V1ObjectMeta meta) =>
        meta.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } owner ? new OwnerKey(owner.Kind, meta.NamespaceProperty ?? "", owner.Name, owner.Uid) : null;
}
