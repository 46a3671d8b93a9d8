using System.Collections.Immutable;

namespace Fleet.Core.Images;

/// <summary>Tags that Fleet gives to images, snapshots and what builds make.</summary>
public static class ImageTags
{
    /// <summary>The recipe.</summary>
    public const string Recipe = "fleet:recipe";

    /// <summary>The version.</summary>
    public const string Version = "fleet:version";

    /// <summary>The image that it started from, in the region that built it.</summary>
    public const string Parent = "fleet:parent";

    /// <summary>The run that built it.</summary>
    public const string Run = "fleet:run";

    /// <summary>Version of Kubernetes on it, as its template says it.</summary>
    public const string Kubernetes = "fleet:kubernetes";

    /// <summary>Digest of everything that it was made from.</summary>
    public const string Source = "fleet:source";

    /// <summary>All tags of a version; the recipe's own cannot take the place of Fleet's.</summary>
    /// <param name="image">The version.</param>
    /// <param name="own">The recipe's tags.</param>
    public static ImmutableSortedDictionary<string, string> Of(ImageRecord image, IReadOnlyDictionary<string, string> own)
    {
        ArgumentNullException.ThrowIfNull(image);
        return own.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItem(Recipe, image.Recipe).SetItem(Version, image.Version).SetItem(Parent, image.BaseImage).SetItem(Run, image.Run).SetItem(Source, image.Source);
    }
}
