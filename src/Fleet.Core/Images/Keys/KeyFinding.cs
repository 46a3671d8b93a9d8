using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>What came of the look at one region's key.</summary>
/// <param name="Region">The region.</param>
/// <param name="Key">The key as the recipe names it.</param>
/// <param name="Arn">Its ARN; null where it is not known.</param>
/// <param name="Faults">What speaks against it.</param>
/// <param name="Notes">What could not be told.</param>
public sealed record KeyFinding(string Region, string Key, string? Arn, ImmutableArray<KeyFault> Faults, ImmutableArray<string> Notes);
