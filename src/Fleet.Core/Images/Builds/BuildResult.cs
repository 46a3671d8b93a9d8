using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>What came of a build.</summary>
/// <param name="Images">Region and id of each image; none where it failed.</param>
/// <param name="Failure">Why it failed, in the builder's words; null where it did not.</param>
public sealed record BuildResult(ImmutableArray<(string Region, string ImageId)> Images, string? Failure)
{
    /// <summary>Whether there is an image.</summary>
    public bool Succeeded => Failure is null;
}
