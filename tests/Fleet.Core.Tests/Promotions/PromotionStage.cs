using System.Text.Json.Nodes;
using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Promotions;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;

namespace Fleet.Core.Tests.Promotions;

/// <summary>A candidate in one region of a simulated account, and its promotion with the product's own round and driver; the world's clock jumps.</summary>
internal sealed class PromotionStage : IImageCatalogs
{
    public const string Account = "123456789012";
    public const string Friend = "210987654321";
    public const string Home = "eu-central-1";
    public const string Away = "eu-west-1";
    public const string Far = "us-east-1";
    public const string RunId = "20260601t120000z-000001";
    public const string Candidate = "ami-0c0ffee0000000001";

    private readonly CrashPoint? _point;
    private int _drivers;

    public PromotionStage(Func<RecipeSpec, RecipeSpec>? change = null, bool skipSoak = false, CrashPoint? point = null)
    {
        (_point, Recipe) = (point, (change ?? (recipe => recipe))(Worker));
        Spec = new PromotionSpec { Recipe = Recipe, Version = Version, SkipSoak = skipSoak };
        Record = new ImageRecord
        {
            Recipe = Recipe.Name,
            Version = Version,
            Source = new string('0', 64),
            Name = ImageNames.Of(Recipe.Name, "1.33.2", "x86_64", Version),
            Account = Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "build-1",
            State = ImageState.Candidate,
            Created = World.Now.AddHours(-1),
            Changed = World.Now.AddHours(-1),
            Copies = [new ImageCopy(Home, Candidate, ["snap-0c0ffee0000000001"])],
        };
        var tags = ImageTags.Of(Record, Recipe.Tags);
        World.CloudIn(Home).Put(new Snapshot { Id = Record.Copies[0].Snapshots[0], Owner = Account, Started = World.Now, Tags = tags });
        World.CloudIn(Home).Put(new Image { Id = Candidate, Name = Record.Name, Owner = Account, Created = World.Now, Tags = tags, Snapshots = Record.Copies[0].Snapshots });
        Store.AddImageAsync(Record, CancellationToken.None).GetAwaiter().GetResult();
        Store.ChangeAsync(_ => new InventoryChange { Recipes = [Recipe] }, CancellationToken.None).GetAwaiter().GetResult();
    }

    public static string Version => "c0ffee000001";

    public static RecipeSpec Worker { get; } = new()
    {
        Name = "worker",
        Account = Account,
        Template = new RecipeTemplate { Folder = "worker" },
        KubernetesVersion = "1.33.2",
        Regions = [Home, Away, Far],
        ShareWith = [Friend],
        Tags = new Dictionary<string, string> { ["team"] = "platform" },
    };

    public World World { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), seed: 5, Account);

    public MemoryStore Store { get; } = new();

    public RecipeSpec Recipe { get; }

    public PromotionSpec Spec { get; }

    /// <summary>The candidate's record as it was when the promotion began.</summary>
    public ImageRecord Record { get; }

    public async Task<ImageRecord> NowAsync() => (await Store.ImagesAsync(Recipe.Name, CancellationToken.None)).Single(image => image.Version == Version);

    /// <summary>Drives the run until it rests; where the process dies, another takes over after a gap.</summary>
    /// <param name="look">Looked at after each step: what a person or the world does meanwhile.</param>
    public async Task<Run> DriveAsync(Func<Run, Task>? look = null)
    {
        if (await Store.GetAsync(RunId, CancellationToken.None) is null)
        {
            await Store.CreateAsync(
                new Run { Id = RunId, Kind = "imagePromotion", Cluster = Run.NoCluster, Pool = Spec.Key, Spec = BuildJson.Write(Spec), State = BuildJson.Write(new PromotionState()), Created = World.Now, Updated = World.Now },
                WhenUnderWay.Refuse, CancellationToken.None);
        }

        try
        {
            return await OneAsync(look);
        }
        catch (CrashException)
        {
            _point!.Revive();
            Pass(TimeSpan.FromSeconds(40));
            return await OneAsync(look);
        }
    }

    public void Pass(TimeSpan time)
    {
        lock (World.Gate)
        {
            World.Timeline.RunUntil(World.Now + time);
        }
    }

    /// <summary>An Auto Scaling group of the candidate, without instances.</summary>
    public string Group()
    {
        var admin = new CloudApi(World, "admin") { Region = Home };
        var template = admin.CreateLaunchTemplate("canary", new JsonObject { ["ImageId"] = Candidate, ["InstanceType"] = "m6i.large" });
        World.CloudIn(Home).Put(new AutoScalingGroup { Name = "canary", Zones = World.CloudIn(Home).Zones, Min = 0, Max = 1, Desired = 0, TemplateId = template.Id, TemplateVersion = "1", Created = World.Now });
        return "canary";
    }

    public void Scale(string group, int desired)
    {
        if (World.CloudIn(Home).Groups[group].Desired != desired)
        {
            new CloudApi(World, "admin") { Region = Home }.SetDesiredCapacity(group, desired);
        }
    }

    /// <summary>The run as people read it.</summary>
    public async Task<string> NarrativeAsync() => string.Concat((await Store.JournalAsync(RunId, 0, CancellationToken.None)).Select(entry => $"{entry.Kind,-10} {entry.Subject}: {entry.Message}\n"));

    /// <summary>What must hold however a run has ended, by what the world has and by the records.</summary>
    public async Task<IEnumerable<string>> WrongAsync(Run run)
    {
        var wrong = new List<string>((await Store.LedgerAsync(run.Id, CancellationToken.None)).Where(entry => entry.Status == LedgerStatus.Open).Select(entry => $"{entry.Kind} {entry.Subject} is open"));
        var record = await NowAsync();
        foreach (var region in (string[])[Home, Away, Far])
        {
            var cloud = World.CloudIn(region);
            var images = cloud.Images.Values.Where(image => image.State != "deregistered").Select(image => image.Id).ToList();
            if (!images.SequenceEqual(record.Copies.Where(copy => copy.Region == region).Select(copy => copy.ImageId)))
            {
                wrong.Add($"{region} has {string.Join(", ", images)}, which is not what is recorded");
            }

            var named = cloud.Parameters.Values.Select(parameter => $"{parameter.Name}={parameter.Value}").Order(StringComparer.Ordinal).ToList();
            string[] expected = record.State == ImageState.Stable ? [$"/fleet/images/worker/1.33/{Version}={record.In(region)?.ImageId}", $"/fleet/images/worker/1.33/latest={record.In(region)?.ImageId}"] : [];
            if (!named.SequenceEqual(expected))
            {
                wrong.Add($"{region} has the parameters {string.Join(", ", named)}, expected {string.Join(", ", expected)}");
            }

            wrong.AddRange(cloud.Snapshots.Values.Where(snapshot => !cloud.Images.Values.Any(image => image.State != "deregistered" && image.Snapshots.Contains(snapshot.Id))).Select(snapshot => $"{snapshot.Id} in {region} is nobody's"));
        }

        if (run.Phase == RunPhase.Succeeded != (record.State == ImageState.Stable))
        {
            wrong.Add($"{run.Phase}, and the record is {record.State}");
        }

        return wrong;
    }

    public IImageCatalog At(ImagePlace place)
    {
        IImageCatalog catalog = new SimulatedImageCatalog(World, place.Region);
        return _point is null ? catalog : CrossingProxy.Of(catalog, _point);
    }

    private T Cross<T>(T port)
        where T : class =>
        _point is null ? port : CrossingProxy.Of(port, _point);

    private async Task<Run> OneAsync(Func<Run, Task>? look)
    {
        var round = new PromotionRound(new PromotionPorts { Inventory = Store, Images = Cross<IImageStore>(Store), Catalogs = this, Keys = new SimulatedKmsRegions(World) }, World.Clock);
        var owner = $"driver-{++_drivers}";
        var driver = new RunDriver(Cross<IRunStore>(Store), round, new DriverOptions { Owner = owner }, World.Clock, World.Clock);
        for (var steps = 0; ; steps++)
        {
            steps.ShouldBeLessThan(2000, "it goes round in circles");
            var step = await driver.StepAsync(RunId, CancellationToken.None);
            await (look?.Invoke(step.Run) ?? Task.CompletedTask);
            if (step.Rests)
            {
                await Store.ReleaseLeaseAsync(RunId, owner, CancellationToken.None);
                return step.Run;
            }

            if (step.LookAgain > World.Now)
            {
                Pass(step.LookAgain - World.Now);
            }
        }
    }
}
