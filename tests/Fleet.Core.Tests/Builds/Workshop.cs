using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Images.Proof;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Core.Tests.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;

namespace Fleet.Core.Tests.Builds;

/// <summary>A recipe that is built in a world, with the product's own round and driver and a clock that jumps.</summary>
internal sealed class Workshop
{
    private readonly SteppedClock _clock = new();
    private readonly CrashPoint? _point;
    private int _drivers;

    public Workshop(RecipeSpec? recipe = null, bool again = false, string? fails = null, CrashPoint? point = null, bool keeps = false, int lag = 0)
    {
        (_point, Recipe, Began) = (point, recipe ?? Worker, _clock.GetUtcNow());
        World = new BuildWorld { Lag = lag };
        Builder = new ScriptedBuilder(World, fails);
        Spec = new BuildSpec { Recipe = Recipe, Again = again, KeepInstance = keeps };
    }

    public static RecipeSpec Worker { get; } = new()
    {
        Name = "worker",
        Account = BuildWorld.Account,
        Template = new RecipeTemplate { Folder = "worker" },
        KubernetesVersion = "1.33.2",
        Base = new BaseImage { Owners = ["136693071363"], Name = "debian-12-amd64-*" },
        Regions = ["eu-central-1"],
    };

    public static RecipeSpec Proved { get; } = Worker with
    {
        Proof = new RecipeProof { InstanceProfile = "fleet-proof", Subnet = "subnet-0123456789abcdef0" },
        Checks = [new RecipeCheck("mirrors", "curl -fsS https://mirror.example", TimeSpan.FromMinutes(1))],
    };

    public BuildWorld World { get; init; }

    /// <summary>The keys of the account.</summary>
    public World Region { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), seed: 5, BuildWorld.Account);

    public ScriptedInstance Scripts { get; } = new();

    public MemoryStore Store { get; init; } = new();

    public ScriptedBuilder Builder { get; init; }

    public RecipeSpec Recipe { get; }

    public BuildSpec Spec { get; init; }

    public DateTimeOffset Began { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public string RunId { get; init; } = "run-1";

    public BuildPorts Ports => new() { Cloud = Cross<IBuildCloud>(World), Templates = World, Builder = Cross<IImageBuilder>(Builder), Packages = World, Scripts = Cross<IInstanceScripts>(Scripts), Keys = new SimulatedKmsRegions(Region), Images = Cross<IImageStore>(Store), BaseOwners = ["136693071363"] };

    /// <summary>Drives the run until it rests; where the process dies, another takes over after a gap.</summary>
    /// <param name="cleansUp">Whether the dead process' builder cleans up after itself.</param>
    /// <param name="look">Looked at after each step: what a person does meanwhile.</param>
    public async Task<Run> DriveAsync(bool cleansUp = false, Func<Workshop, Run, Task>? look = null)
    {
        if (await Store.GetAsync(RunId, CancellationToken.None) is null)
        {
            await Store.CreateAsync(
                new Run { Id = RunId, Kind = "imageBuild", Cluster = Run.NoCluster, Pool = Recipe.Name, Spec = BuildJson.Write(Spec), State = BuildJson.Write(new BuildState()), Created = Now, Updated = Now },
                WhenUnderWay.Refuse, CancellationToken.None);
        }

        try
        {
            return await OneAsync(look);
        }
        catch (CrashException)
        {
            Builder.Die(cleansUp);
            _point!.Revive();
            _clock.Step(TimeSpan.FromSeconds(20));
            return await OneAsync(look);
        }
    }

    public async Task<IReadOnlyList<ImageRecord>> RecordsAsync() => await Store.ImagesAsync(Recipe.Name, CancellationToken.None);

    /// <summary>The run as people read it.</summary>
    public async Task<string> NarrativeAsync() => string.Concat((await Store.JournalAsync(RunId, 0, CancellationToken.None)).Select(entry => $"{entry.Kind,-10} {entry.Subject}: {entry.Message}\n"));

    /// <summary>What must hold whatever happened.</summary>
    public async Task<IEnumerable<string>> WrongAsync(Run run)
    {
        var wrong = new List<string>(World.Broken);
        var records = (await RecordsAsync()).Where(image => image.Run == run.Id).ToList();

        // A group that the builder made and that nobody had recorded when the machine died cannot be told from another build's.
        var known = BuildJson.Read<BuildState>(run.State).Groups;
        wrong.AddRange(World.Instances.Keys.Concat(World.KeyPairs).Concat(World.Groups.Values.Where(name => known.Contains(name))).Select(left => $"{left} is left"));
        wrong.AddRange(World.Launched.Count > 1 ? ["more than one instance was launched"] : []);
        wrong.AddRange(Scripts.Sent.GroupBy(script => script.Remark).Where(sent => sent.Count() > 1).Select(sent => $"{sent.Key} was sent {sent.Count()} times"));
        wrong.AddRange((await Store.LedgerAsync(run.Id, CancellationToken.None)).Where(entry => entry.Status == LedgerStatus.Open).Select(entry => $"{entry.Kind} is open"));
        if (run.Phase == RunPhase.Succeeded)
        {
            if (World.Own.ToList() is not [var image] || records is not [{ State: ImageState.Candidate, Copies: [var copy] } record] || copy.ImageId != image.Id || record.Name != image.Name || !World.WithTokens.Contains(image.Id))
            {
                wrong.Add($"one image was to be there and recorded: {World.Own.Count()} images, {records.Count} records, {string.Join(", ", records.Select(one => one.State))}");
            }
        }
        else if (World.Own.Any() || records.Any(record => record.State != ImageState.Rejected))
        {
            wrong.Add($"{run.Phase}, and there are {World.Own.Count()} images and records that are {string.Join(", ", records.Select(one => one.State))}");
        }

        return wrong;
    }

    private async Task<Run> OneAsync(Func<Workshop, Run, Task>? look)
    {
        var round = new BuildRound(Ports, _clock, _clock);
        var owner = $"driver-{++_drivers}";
        var driver = new RunDriver(Cross<IRunStore>(Store), round, new DriverOptions { Owner = owner }, _clock, _clock);
        for (var steps = 0; ; steps++)
        {
            steps.ShouldBeLessThan(400, "it goes round in circles");
            var step = await driver.StepAsync(RunId, CancellationToken.None);
            if (step.Rests)
            {
                await round.DisposeAsync();
                await Store.ReleaseLeaseAsync(RunId, owner, CancellationToken.None);
                return step.Run;
            }

            if (step.LookAgain > Now)
            {
                _clock.Step(step.LookAgain - Now);
            }

            await (look?.Invoke(this, step.Run) ?? Task.CompletedTask);
        }
    }

    private T Cross<T>(T port)
        where T : class =>
        _point is null ? port : CrossingProxy.Of(port, _point);
}
