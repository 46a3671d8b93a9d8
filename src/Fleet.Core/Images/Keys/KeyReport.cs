using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>What came of the look at all keys of a recipe.</summary>
/// <param name="Findings">One for each region that names a key.</param>
public sealed record KeyReport(ImmutableArray<KeyFinding> Findings)
{
    /// <summary>Nothing was looked at.</summary>
    public static KeyReport None { get; } = new([]);

    /// <summary>What was found beside of an image that is there.</summary>
    public ImmutableArray<KeyFinding> Images { get; init; } = [];

    /// <summary>What can be said of no key alone.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Everything that speaks against the keys.</summary>
    public ImmutableArray<KeyFault> Faults => [.. Findings.Concat(Images).SelectMany(finding => finding.Faults)];

    /// <summary>Everything that could not be told.</summary>
    public ImmutableArray<string> Notes => [.. Findings.Concat(Images).SelectMany(finding => finding.Notes), .. Remarks];
}
