using System.IO.Enumeration;

namespace Fleet.Simulation.Cloud;

/// <summary>A filter of a describe call: an item passes when one of its values for the name matches one of these (<c>*</c> and <c>?</c> are wildcards, as EC2 has them).</summary>
/// <param name="Name">Filter name, e.g. <c>tag:team</c>, <c>image-id</c>.</param>
/// <param name="Values">Alternatives.</param>
public sealed record AwsFilter(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Whether one of an item's values passes.</summary>
    public bool Passes(IEnumerable<string> values) =>
        values.Any(value => Values.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false)));

    /// <summary>The values that tags have for a <c>tag:KEY</c>, <c>tag-key</c> or <c>tag-value</c> filter; null when this is no filter on tags.</summary>
    public IEnumerable<string>? OnTags(IEnumerable<KeyValuePair<string, string>> tags) => Name switch
    {
        "tag-key" => tags.Select(tag => tag.Key),
        "tag-value" => tags.Select(tag => tag.Value),
        _ when Name.StartsWith("tag:", StringComparison.Ordinal) => tags.Where(tag => tag.Key == Name["tag:".Length..]).Select(tag => tag.Value),
        _ => null,
    };
}
