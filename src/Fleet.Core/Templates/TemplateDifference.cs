using System.Collections.Immutable;

namespace Fleet.Core.Templates;

/// <summary>One field in which a new version differs from its source. What looks like a secret is masked.</summary>
/// <param name="Field">Path under the API's member names; items of a list by what they are named by, e.g. <c>TagSpecifications.instance.Tags.team</c>.</param>
/// <param name="Before">Value before; null where the field was absent. User data by digest and length.</param>
/// <param name="After">Value after; null where the field goes.</param>
/// <param name="Lines">Lines of user data that differ, with those around them, as <c>diff -u</c> shows them; empty for other fields, and where there are too many.</param>
public sealed record TemplateDifference(string Field, string? Before, string? After, ImmutableArray<string> Lines)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Before ?? "(not set)"} -> {After ?? "(not set)"}";
}
