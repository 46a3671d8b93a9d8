using System.Globalization;
using System.Text.RegularExpressions;
using Fleet.Core.Inventory;

namespace Fleet.Core.Images;

/// <summary>Names of images, versions and parameters.</summary>
public static partial class ImageNames
{
    /// <summary>The name in Amazon EC2, unique per account and region since recipe, version and Kubernetes version are in it (Amazon EC2 API, "CreateImage": 3 to 128 characters).</summary>
    public static string Of(string recipe, string kubernetesVersion, string architecture, string version) => $"fleet-{recipe}-{kubernetesVersion}-{architecture.Replace('_', '-')}-{version}";

    /// <summary>The version of a digest that is built anew: the first number that no known version has.</summary>
    /// <param name="digest">The source's digest.</param>
    /// <param name="known">Versions of the recipe, whatever became of them.</param>
    public static string Next(string digest, IEnumerable<string> known)
    {
        var (bare, taken) = (SourceHash.Version(digest), known.ToHashSet(StringComparer.Ordinal));
        return !taken.Contains(bare) ? bare : Enumerable.Range(2, int.MaxValue - 2).Select(number => string.Create(CultureInfo.InvariantCulture, $"{bare}-{number}")).First(version => !taken.Contains(version));
    }

    /// <summary>The parameter that names the newest stable image of a minor.</summary>
    public static string Latest(string recipe, string minor) => $"/fleet/images/{recipe}/{minor}/latest";

    /// <summary>The parameter that names the image of a version.</summary>
    public static string ByVersion(string recipe, string minor, string version) => $"/fleet/images/{recipe}/{minor}/{version}";

    /// <summary>The form of a version.</summary>
    public static Format VersionFormat { get; } = new(VersionForm(), "a version of an image: 12 hexadecimal digits, and perhaps - and a number");

    /// <summary>Whether text is a version.</summary>
    public static bool IsVersion(string text) => VersionForm().IsMatch(text);

    [GeneratedRegex(@"\A[0-9a-f]{12}(-[1-9][0-9]{0,8})?\z")]
    private static partial Regex VersionForm();
}
