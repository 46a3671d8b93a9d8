using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Retirement;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;

namespace Fleet.Benchmarks.Images;

/// <summary>One look of the sweep at an account without a wire: what it calls, and what it takes beside the calls. Over the wire the calls decide: Amazon EC2 gives 20 reads a second, of which Fleet takes half.</summary>
internal static class SweepLook
{
    private const int VersionsPerTemplate = 25;

    public static async Task RunAsync(IReadOnlyList<ImageRecord> images, RecipeSpec[] recipes, int versions, TextWriter output)
    {
        var world = new World(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), seed: 7);
        Furnish(world, images, versions);
        var store = new MemoryStore();
        await store.ChangeAsync(_ => new() { Recipes = [.. recipes] }, CancellationToken.None).ConfigureAwait(false);
        foreach (var image in images)
        {
            await store.AddImageAsync(image, CancellationToken.None).ConfigureAwait(false);
        }

        var observer = new SweepObserver(store, store, store, new Catalogs(world), []);
        await observer.ObserveAsync(CancellationToken.None).ConfigureAwait(false);
        var before = world.Log.Records.Count;
        var begun = Stopwatch.GetTimestamp();
        var seen = await observer.ObserveAsync(CancellationToken.None).ConfigureAwait(false);
        var taken = Stopwatch.GetElapsedTime(begun);
        var calls = world.Log.Records.Skip(before).ToList();
        output.WriteLine($"  a look at {seen.Seen.Length} images and {seen.Uses.Count(use => use.Kind == ImageUseKind.TemplateVersion)} template versions of {world.Cloud.Templates.Count} templates: {calls.Count} calls, {taken.TotalMilliseconds:0} ms without the wire");
        foreach (var verb in calls.GroupBy(call => call.Verb).OrderByDescending(group => group.Count()))
        {
            output.WriteLine($"    {verb.Key,-32} {verb.Count(),6}");
        }
    }

    private static void Furnish(World world, IReadOnlyList<ImageRecord> images, int versions)
    {
        foreach (var image in images)
        {
            var tags = ImmutableSortedDictionary<string, string>.Empty.Add(ImageTags.Recipe, image.Recipe).Add(ImageTags.Version, image.Version);
            world.Cloud.Put(new Image { Id = image.Copies[0].ImageId, Name = image.Name, Owner = image.Account, Created = image.Created, Tags = tags, Snapshots = image.Copies[0].Snapshots });
        }

        var admin = new CloudApi(world, "admin");
        for (var version = 0; version < versions; version++)
        {
            var (name, data) = ($"pool-{version / VersionsPerTemplate}", new JsonObject { ["ImageId"] = images[version * images.Count / versions].Copies[0].ImageId });
            _ = version % VersionsPerTemplate == 0 ? admin.CreateLaunchTemplate(name, data).Id : $"{admin.CreateLaunchTemplateVersion(null, name, data).Number}";
        }
    }

    private sealed class Catalogs(World world) : IImageCatalogs
    {
        public IImageCatalog At(ImagePlace place) => new SimulatedImageCatalog(world, place.Region);
    }
}
