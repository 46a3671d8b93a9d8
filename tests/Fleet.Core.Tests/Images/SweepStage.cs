using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Tests.Images;

/// <summary>Images and recipes for the sweep.</summary>
internal static class SweepStage
{
    public const string Account = "123456789012";
    public const string Region = "eu-central-1";

    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static RecipeSpec Recipe(string name = "worker", int keep = 1) => new()
    {
        Name = name,
        Account = Account,
        Template = new RecipeTemplate { Folder = name },
        KubernetesVersion = "1.33.2",
        Regions = [Region],
        Retention = new ImageRetention { Keep = keep },
    };

    /// <summary>A stable version, made and promoted so many days ago.</summary>
    public static ImageRecord Image(int daysAgo, string recipe = "worker", ParentVersion? parent = null)
    {
        var (created, version) = (Now.AddDays(-daysAgo), $"{daysAgo:x12}");
        return new()
        {
            Recipe = recipe,
            Version = version,
            Source = version.PadRight(64, '0'),
            Name = ImageNames.Of(recipe, "1.33.2", "x86_64", version),
            Account = Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Parent = parent,
            Run = "run-1",
            State = ImageState.Stable,
            Created = created,
            Changed = created,
            Promoted = created,
            Copies = [Copy(recipe, version)],
        };
    }

    public static ImageCopy Copy(string recipe, string version, string region = Region) => new(region, $"ami-{recipe}-{version}", [$"snap-{recipe}-{version}"]);

    /// <summary>The images as Amazon EC2 shows what Fleet made, needed by nothing.</summary>
    public static SweepObservation Observed(IEnumerable<RecipeSpec> recipes, params ImageRecord[] images) => new()
    {
        Records = [.. images],
        Recipes = [.. recipes],
        Uses = [],
        Seen = [.. images.SelectMany(image => image.Copies.Select(copy => new SeenImage(image.Account, copy.Region, copy.ImageId, image.Name, image.Recipe, image.Version, copy.Snapshots)))],
    };

    public static ImageUse Use(ImageRecord image, ImageUseKind kind, string subject) => new(image.Copies[0].Region, image.Copies[0].ImageId, kind, subject);

    public static ImmutableArray<ImageUse> Uses(params ImageUse[] uses) => [.. uses];
}
