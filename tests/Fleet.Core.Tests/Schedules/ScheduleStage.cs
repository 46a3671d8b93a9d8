using System.Globalization;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;
using Fleet.Simulation.Storage;

namespace Fleet.Core.Tests.Schedules;

/// <summary>Schedules on a virtual clock, with runs that end when the test says so.</summary>
internal sealed class ScheduleStage : TimeProvider, IScheduledStarts
{
    private readonly Dictionary<string, ScheduledStart> _answers = [];
    private ScheduleDriver _driver;

    private ScheduleStage(ScheduleSpec schedule)
    {
        Schedule = schedule;
        _driver = Driver();
    }

    public ScheduleSpec Schedule { get; set; }

    public MemoryStore Store { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The keys under which something was begun, in order, with those repeated.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>Whether the wait of promotions was to be skipped, for each run that was begun.</summary>
    public List<bool> Skipped { get; } = [];

    /// <summary>Thrown once after a run was begun: the process dies there.</summary>
    public Exception? Crash { get; set; }

    public ScheduleState State => Store.ScheduleStateAsync(Schedule.Name, CancellationToken.None).Result.State;

    /// <summary>As the other; it also builds and promotes recipe worker, whose candidates pool b takes, and whose stable images pool a.</summary>
    public static Task<ScheduleStage> OfRecipeAsync() => OfAsync(schedule => schedule with { Recipe = "worker" });

    /// <summary>A schedule of every day at 02:00 UTC, in a cluster with the pools a and b.</summary>
    public static async Task<ScheduleStage> OfAsync(Func<ScheduleSpec, ScheduleSpec>? adapt = null)
    {
        var schedule = new ScheduleSpec { Name = "nightly", Cluster = "prod", Cron = "0 2 * * *", TimeZone = "UTC" };
        var stage = new ScheduleStage(adapt?.Invoke(schedule) ?? schedule);
        var cluster = new ClusterSpec { Name = "prod", Account = "123456789012", Region = "eu-west-1" };
        await stage.Store.ChangeAsync(
            _ => new()
            {
                Clusters = [cluster],
                Pools = [Pool("a", ImageChannel.Stable), Pool("b", ImageChannel.Candidate)],
                Recipes = [new() { Name = "worker", Account = cluster.Account, Template = new RecipeTemplate { Folder = "worker" }, Regions = [cluster.Region] }],
                Schedules = [stage.Schedule],
            },
            CancellationToken.None);
        await stage.LookAsync();
        return stage;
    }

    private static NodePoolSpec Pool(string name, ImageChannel channel) => new() { Cluster = "prod", Name = name, Groups = [name], Image = new ImageSource { Recipe = "worker", Channel = channel } };

    public ScheduleDriver Driver() => new(Store, Store, Store, this, this);

    /// <summary>Another process takes over.</summary>
    public void Restart() => _driver = Driver();

    public Task LookAsync() => _driver.StepAsync(Schedule, CancellationToken.None);

    public async Task LookAtAsync(string time)
    {
        Now = DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
        await LookAsync();
    }

    /// <summary>What the next tries for a pool come to; without it a run is begun.</summary>
    public void Answer(string pool, ScheduledStart? start)
    {
        _answers.Remove(pool);
        if (start is not null)
        {
            _answers[pool] = start;
        }
    }

    public async Task EndRunAsync(RunPhase phase)
    {
        var run = (await Store.ListAsync(null, null, unfinishedOnly: true, CancellationToken.None)).Single();
        var lease = await Store.AcquireLeaseAsync(run.Id, "test", TimeSpan.FromMinutes(1), Now, CancellationToken.None);
        await Store.CommitAsync(new RunCommit { Run = run with { Phase = phase, Updated = Now }, Fencing = lease.Fencing }, CancellationToken.None);
    }

    /// <summary>A run over images that the schedule did not begin.</summary>
    public async Task<string> BeginElsewhereAsync(string recipe) =>
        (await Store.CreateAsync(new Run { Id = RunId.New(Now, new Random(7)), Kind = "imageBuild", Cluster = Run.NoCluster, Pool = recipe, Spec = "{}", State = "{}", Created = Now, Updated = Now }, CancellationToken.None)).Id;

    public override DateTimeOffset GetUtcNow() => Now;

    public async Task<ScheduledStart> StartAsync(ScheduleSpec schedule, ScheduleStep step, string key, Firing firing, CancellationToken cancellationToken)
    {
        Keys.Add(key);
        if (_answers.TryGetValue($"{step}", out var answer))
        {
            return answer;
        }

        Skipped.Add(firing.SkipSoak);
        var run = new Run { Id = RunId.New(Now, new Random(Keys.Count)), Kind = $"{step.Kind}", Cluster = step.Kind == StepKind.Rotation ? "prod" : Run.NoCluster, Pool = step.Name, Key = key, OrderDigest = key, Spec = "{}", State = "{}", Created = Now, Updated = Now };
        var begun = await Store.CreateAsync(run, cancellationToken);
        if (Crash is { } crash)
        {
            Crash = null;
            throw crash;
        }

        return new ScheduledStart(StartKind.Begun, begun.Id, "");
    }
}
