using Fleet.Core.Inventory;

namespace Fleet.Core.Images;

/// <summary>Which of a recipe's images a pool gets.</summary>
public static class RecipeImages
{
    /// <summary>The newest image of a channel that is in a region: by when it was promoted, a candidate by when it was built.</summary>
    /// <param name="versions">What is recorded of the recipe.</param>
    /// <param name="channel">Which images count.</param>
    /// <param name="region">Where it is to launch.</param>
    /// <returns>The image; or null, and why there is none, as the rest of a sentence.</returns>
    public static (ImageRecord? Image, string Why) Newest(IReadOnlyCollection<ImageRecord> versions, ImageChannel channel, string region)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var fit = versions.Where(version => version.State == ImageState.Stable || (channel == ImageChannel.Candidate && version.State == ImageState.Candidate)).ToList();
        var newest = fit.Where(version => version.In(region) is not null).OrderBy(version => channel == ImageChannel.Stable ? version.Promoted ?? version.Created : version.Created).ThenBy(version => version.Version, StringComparer.Ordinal).LastOrDefault();
        return (newest, newest is not null ? ""
            : versions.Count == 0 ? "has no image yet"
            : fit.Count == 0 ? $"has no {channel.ToString().ToLowerInvariant()} image: {string.Join(", ", versions.GroupBy(version => version.State).Select(state => $"{state.Count()} {state.Key.ToString().ToLowerInvariant()}"))}"
            : $"has no {channel.ToString().ToLowerInvariant()} image in region {region}; it has some in {string.Join(", ", fit.SelectMany(version => version.Copies).Select(copy => copy.Region).Distinct().Order(StringComparer.Ordinal))}");
    }
}
