using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Retirement;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;

namespace Fleet.Core.Tests.Retirement;

/// <summary>A simulated account with images in two regions, a recipe, and Fleet's records; another account's world beside it.</summary>
internal sealed class RetirementStage : IImageCatalogs
{
    public const string Account = "123456789012";
    public const string Other = "210987654321";
    public const string Home = "eu-central-1";
    public const string Away = "eu-west-1";

    private readonly Dictionary<string, World> _accounts = [];

    public RetirementStage()
    {
        World = new World(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), seed: 3);
        _accounts[Account] = World;
        Declare(Recipe());
    }

    public World World { get; }

    public MemoryStore Store { get; } = new();

    /// <summary>Whose credentials are had where nobody's role is named; default the recipe's account.</summary>
    public string OwnAccount { get; set; } = Account;

    /// <summary>Where images are that are made from now on; default both regions.</summary>
    public string[] Into { get; set; } = [Home, Away];

    public DateTimeOffset Now => World.Now;

    public static RecipeSpec Recipe() => new()
    {
        Name = "worker",
        Account = Account,
        Template = new RecipeTemplate { Folder = "worker" },
        KubernetesVersion = "1.33.2",
        Regions = [Home, Away],
        Retention = new ImageRetention { Keep = 1 },
    };

    public void Declare(RecipeSpec recipe, params ClusterSpec[] clusters) =>
        Store.ChangeAsync(_ => new InventoryChange { Recipes = [recipe], Clusters = [.. clusters] }, CancellationToken.None).GetAwaiter().GetResult();

    public void Forget(string recipe) => Store.ChangeAsync(_ => new InventoryChange { DeleteRecipe = recipe }, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Another account.</summary>
    public World Open(string account) => _accounts[account] = new World(World.Now, seed: 4, account);

    /// <summary>A stable version, made so many days ago, with an image and a snapshot in each region.</summary>
    public async Task<ImageRecord> MadeAsync(int daysAgo, params string[] sharedWith)
    {
        var version = $"{daysAgo:x12}";
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = version,
            Source = version.PadRight(64, '0'),
            Name = ImageNames.Of("worker", "1.33.2", "x86_64", version),
            Account = Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "run-1",
            State = ImageState.Stable,
            Created = Now.AddDays(-daysAgo),
            Changed = Now.AddDays(-daysAgo),
            Promoted = Now.AddDays(-daysAgo),
            SharedWith = [.. sharedWith],
            Copies = [.. Into.Select((region, index) => new ImageCopy(region, $"ami-{index}{version}", [$"snap-{index}{version}"]))],
        };
        foreach (var copy in record.Copies)
        {
            var tags = ImmutableSortedDictionary<string, string>.Empty.Add(ImageTags.Recipe, record.Recipe).Add(ImageTags.Version, record.Version);
            World.CloudIn(copy.Region).Put(new Snapshot { Id = copy.Snapshots[0], Owner = Account, Started = record.Created, Tags = tags });
            World.CloudIn(copy.Region).Put(new Image { Id = copy.ImageId, Name = record.Name, Owner = Account, Created = record.Created, Tags = tags, Snapshots = copy.Snapshots, SharedWith = [.. sharedWith] });
        }

        (await Store.AddImageAsync(record, CancellationToken.None)).ShouldBeTrue();
        return record;
    }

    public async Task<ImageRecord> RecordAsync(ImageRecord image) => (await Store.ImagesAsync(null, CancellationToken.None)).Single(record => record.Key == image.Key);

    /// <summary>The states of a version's images, by region.</summary>
    public IEnumerable<string> States(ImageRecord image) => image.Copies.Select(copy => World.CloudIn(copy.Region).Images[copy.ImageId].State);

    public IEnumerable<DateTimeOffset?> Deprecations(ImageRecord image) => image.Copies.Select(copy => World.CloudIn(copy.Region).Images[copy.ImageId].DeprecateAt);

    public int Snapshots() => World.CloudIn(Home).Snapshots.Count + World.CloudIn(Away).Snapshots.Count;

    /// <summary>A launch template whose default version names no image, and whose second one does.</summary>
    public static void Use(World world, string imageId, string region = Home)
    {
        var admin = new CloudApi(world, "admin") { Region = region };
        var template = admin.CreateLaunchTemplate($"uses-{imageId}", new JsonObject { ["InstanceType"] = "m5.large" });
        admin.CreateLaunchTemplateVersion(template.Id, null, new JsonObject { ["ImageId"] = imageId }, "1");
    }

    public Task<ImmutableArray<SweepOutcome>> SweepAsync()
    {
        var observer = new SweepObserver(Store, Store, Store, this, []);
        return new SweepExecutor(observer, Store, this, World.Clock).RunAsync(CancellationToken.None);
    }

    /// <summary>A sweep a day.</summary>
    public async Task SweepForAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await SweepAsync();
            Pass(TimeSpan.FromDays(1));
        }
    }

    public void Pass(TimeSpan time)
    {
        lock (World.Gate)
        {
            World.Timeline.RunUntil(World.Now + time);
        }
    }

    /// <summary>The writing calls that images got.</summary>
    public IEnumerable<string> Writes(ImageRecord image) =>
        World.Log.Records.Where(call => call.Writes && call.Caller == "fleet" && image.Copies.Any(copy => copy.ImageId == call.Subject || copy.Snapshots.Contains(call.Subject))).Select(call => call.Verb);

    public IImageCatalog At(ImagePlace place)
    {
        var account = place.RoleArn is { } role ? role.Split(':')[4] : OwnAccount;
        return new SimulatedImageCatalog(_accounts.TryGetValue(account, out var world) ? world : Open(account), place.Region);
    }
}
