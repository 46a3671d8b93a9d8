using System.Collections.Immutable;
using System.Diagnostics;
using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Benchmarks.Images;

/// <summary>Decides which of many images go, beside the bare walk over the same uses: the least that any sweep does.</summary>
internal static class SweepBenchmark
{
    private const string Account = "123456789012";
    private const string Region = "eu-central-1";
    private const int Rounds = 20;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(int images, int uses, int seed, TextWriter output)
    {
        var seen = Draw(images, uses, new Random(seed));
        var (sweep, verdicts) = Fastest(() => SweepPlanner.Decide(seen, Now));
        var (walk, _) = Fastest(() => Walk(seen));
        output.WriteLine($"sweep: {images} images, {uses} template versions and instances");
        output.WriteLine($"  {sweep.TotalMilliseconds:0.00} ms, {sweep / walk:0.0} times the bare walk over the uses ({walk.TotalMilliseconds:0.00} ms)");
        foreach (var step in verdicts.GroupBy(verdict => verdict.Step).OrderBy(group => group.Key))
        {
            output.WriteLine($"    {step.Key,-12} {step.Count(),6}");
        }

        await SweepLook.RunAsync(seen.Records, [.. seen.Recipes], uses, output).ConfigureAwait(false);
        return 0;
    }

    private static (TimeSpan Taken, T Result) Fastest<T>(Func<T> work)
    {
        var (best, result) = (TimeSpan.MaxValue, work());
        for (var round = 0; round < Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            result = work();
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(begun).Ticks));
        }

        return (best, result);
    }

    /// <summary>Which images are named by any use.</summary>
    private static HashSet<(string, string)> Walk(SweepObservation seen) => [.. seen.Uses.Select(use => (use.Region, use.ImageId))];

    private static SweepObservation Draw(int images, int uses, Random chance)
    {
        string[] recipes = ["worker", "spark", "gpu", "edge"];
        var records = Enumerable.Range(0, images).Select(index => Image(recipes[index % recipes.Length], index, images, chance)).ToImmutableArray();
        return new()
        {
            Records = records,
            Recipes = [.. recipes.Select(name => new RecipeSpec { Name = name, Account = Account, Template = new RecipeTemplate { Folder = name }, KubernetesVersion = "1.33.2", Regions = [Region] })],
            Seen = [.. records.Select(record => new SeenImage(Account, Region, record.Copies[0].ImageId, record.Name, record.Recipe, record.Version, record.Copies[0].Snapshots))],

            // Of old versions few are in use, of the newest all.
            Uses = [.. Enumerable.Range(0, uses).Select(index => new ImageUse(Region, records[images - 1 - (int)(images * Math.Pow(chance.NextDouble(), 4))].Copies[0].ImageId, index % 5 == 0 ? ImageUseKind.Instance : ImageUseKind.TemplateVersion, $"subject {index}"))],
        };
    }

    private static ImageRecord Image(string recipe, int index, int images, Random chance)
    {
        var (created, version) = (Now.AddHours((index - images) * 12), $"{index:x12}");
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
            Parent = recipe == "worker" || index < 4 ? null : new("worker", $"{index - (index % 4) - (4 * chance.Next(2) * Math.Min(1, index / 8)):x12}"),
            Run = "run-1",
            State = ImageState.Stable,
            Created = created,
            Changed = created,
            Promoted = created,
            Copies = [new(Region, $"ami-{version}", [$"snap-{version}"])],
        };
    }
}
