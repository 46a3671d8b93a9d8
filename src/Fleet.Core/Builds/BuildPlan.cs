using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Keys;

namespace Fleet.Core.Builds;

/// <summary>What a build would come to.</summary>
/// <param name="Source">What the image would be made from, and its version.</param>
/// <param name="Existing">The version of the same source that is there already; null where there is none.</param>
/// <param name="Region">The region that builds.</param>
/// <param name="Builds">Whether something would be built.</param>
/// <param name="Proves">Whether an instance of the image would be judged before the version is a candidate.</param>
/// <param name="Keys">The keys of the recipe's regions, which were looked at.</param>
/// <param name="Note">What could not be looked at; null for nothing.</param>
public sealed record BuildPlan(BuildSource Source, ImageRecord? Existing, string Region, bool Builds, bool Proves, ImmutableArray<KeyFinding> Keys, string? Note);
