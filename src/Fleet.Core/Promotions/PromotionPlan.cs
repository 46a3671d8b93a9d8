using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory;

namespace Fleet.Core.Promotions;

/// <summary>What a promotion would come to.</summary>
/// <param name="Image">The version.</param>
/// <param name="Missing">Regions that would get a copy.</param>
public sealed record PromotionPlan(ImageRecord Image, ImmutableArray<string> Missing)
{
    /// <summary>The keys of the recipe's regions, where they were looked at.</summary>
    public KeyReport Keys { get; init; } = KeyReport.None;

    /// <summary>Looks at Fleet's records which version that would be.</summary>
    /// <param name="spec">The recipe, and whether the wait is skipped; a version that is empty stands for the newest candidate.</param>
    /// <param name="records">What is recorded of the recipe.</param>
    /// <returns>The plan, or what speaks against it.</returns>
    public static (PromotionPlan? Plan, InputError? Error) Of(PromotionSpec spec, IReadOnlyCollection<ImageRecord> records)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(records);
        var recipe = spec.Recipe.Name;
        var known = records.Where(record => record.State is ImageState.Candidate or ImageState.Stable).Select(record => $"{record.Version} ({record.State.ToString().ToLowerInvariant()})").ToList();
        var allowed = known.Count == 0 ? "none: build one first" : string.Join(", ", known);
        var image = spec.Version.Length == 0
            ? records.Where(record => record.State == ImageState.Candidate).OrderBy(record => record.Created).ThenBy(record => record.Version, StringComparer.Ordinal).LastOrDefault()
            : records.FirstOrDefault(record => record.Version == spec.Version);
        return image is null
            ? (null, spec.Version.Length == 0
                ? InputError.Argument("no-candidate", "recipe", recipe, allowed, $"recipe {recipe} has no candidate to promote; versions: {allowed}")
                : InputError.Argument("unknown-version", "version", spec.Version, allowed, $"recipe {recipe} has no version {spec.Version}; versions: {allowed}"))
            : image.State is not (ImageState.Candidate or ImageState.Stable)
                ? (null, InputError.Argument("not-a-candidate", "version", image.Version, allowed, $"{image.Key} is {image.State.ToString().ToLowerInvariant()}, and a candidate alone becomes stable; versions: {allowed}"))
                : (new PromotionPlan(image, [.. spec.Recipe.Regions.Where(region => image.In(region) is null)]), null);
    }
}
