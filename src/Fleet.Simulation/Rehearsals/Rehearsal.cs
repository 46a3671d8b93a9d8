using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;

namespace Fleet.Simulation.Rehearsals;

/// <summary>
/// A rotation driven on a simulated world without a wire: the product's own planner, driver and executor, with the clock jumping from event to event.
/// Everything happens on the calling thread, so that a seed always gives the same run.
/// </summary>
public sealed class Rehearsal : IDisposable
{
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly SimulatedCluster _cluster;
    private readonly Func<RunDriver> _drivers;
    private RunDriver _driver;

    /// <summary>Prepares a rotation.</summary>
    /// <param name="world">The world.</param>
    /// <param name="spec">What is asked.</param>
    /// <param name="options">Store, ports and chance; null for the defaults.</param>
    public Rehearsal(World world, RotationSpec spec, RehearsalOptions? options = null)
    {
        options ??= new RehearsalOptions();
        World = world;
        Store = options.Store ?? new MemoryStore();
        _cluster = new SimulatedCluster(world);
        var ports = SimulatedPorts.Of(world, _cluster, (IInventoryStore)Store);
        ports = options.Wrap?.Invoke(ports) ?? ports;
        var chance = new Random(options.Seed);
        var processes = 0;
        _drivers = () => new RunDriver(
            options.WrapStore?.Invoke(Store) ?? Store,
            options.Round?.Invoke(ports, world.Clock, chance) ?? new RotationRound(ports, world.Clock, chance, parallel: 1),
            new DriverOptions { Owner = $"rehearsal-{++processes}", LeaseDuration = TimeSpan.FromDays(1) },
            world.Clock,
            world.Clock);
        _driver = _drivers();
        Run = new Run
        {
            Id = RunId.New(world.Now, chance),
            Kind = "rotation",
            Cluster = spec.Pool.Cluster,
            Pool = spec.Pool.Name,
            Spec = RotationJson.Write(spec),
            State = RotationJson.Write(new RotationState()),
            Created = world.Now,
            Updated = world.Now,
        };
        Wait(Store.CreateAsync(Run, CancellationToken.None));
    }

    /// <summary>The world.</summary>
    public World World { get; }

    /// <summary>Where the run is recorded.</summary>
    public IRunStore Store { get; }

    /// <summary>The run as last stored.</summary>
    public Run Run { get; private set; }

    /// <summary>Called after each step.</summary>
    public event Action<Run>? Stepped;

    /// <summary>Steps so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Drives until the run ends or stands.</summary>
    /// <param name="limit">Greatest virtual time that it may take.</param>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="TimeoutException">It was still under way.</exception>
    public Run Drive(TimeSpan limit)
    {
        var end = World.Now + limit;
        while (true)
        {
            var step = StepOnce();
            if (step.Rests)
            {
                return Run;
            }

            if (World.Now >= end)
            {
                throw new TimeoutException($"the run is still {Run.Phase} after {limit}: {string.Join("; ", Run.Reasons.Select(reason => reason.Sentence))}");
            }

            Advance(step.LookAgain);
        }
    }

    /// <summary>Makes one step of the driver.</summary>
    public RunStep StepOnce()
    {
        Steps++;
        var step = Wait(_driver.StepAsync(Run.Id, CancellationToken.None));
        Run = step.Run;
        Stepped?.Invoke(Run);
        return step;
    }

    /// <summary>Lets the process die and another take over: what was in memory is lost.</summary>
    public void Crash()
    {
        Wait(Store.ReleaseLeaseAsync(Run.Id, Wait(Store.LeaseAsync(Run.Id, CancellationToken.None))?.Owner ?? "", CancellationToken.None));
        _driver = _drivers();
    }

    /// <summary>Lets the world go on until it has changed visibly or an instant is reached, at least a moment.</summary>
    public void Advance(DateTimeOffset until)
    {
        var least = World.Now + Spacing;
        var most = until < least ? least : until;
        var changed = false;
        void Signal() => changed = true;
        lock (World.Gate)
        {
            _cluster.Changed += Signal;
            while (!(changed && World.Now >= least) && World.Timeline.NextAt is { } next && next <= most)
            {
                World.Timeline.RunNext();
            }

            _cluster.Changed -= Signal;
            World.Timeline.RunUntil(changed ? (World.Now > least ? World.Now : least) : most == DateTimeOffset.MaxValue ? World.Now : most);
        }
    }

    /// <summary>Ends the watch on the world.</summary>
    public void Dispose() => _cluster.Dispose();

    /// <summary>The run's journal.</summary>
    public IReadOnlyList<JournalEntry> Journal() => Wait(Store.JournalAsync(Run.Id, 0, CancellationToken.None));

    /// <summary>The run's undo ledger.</summary>
    public IReadOnlyList<LedgerEntry> Ledger() => Wait(Store.LedgerAsync(Run.Id, CancellationToken.None));

    /// <summary>Leaves a request.</summary>
    public void Ask(RunRequest request) => Wait(Store.RequestAsync(Run.Id, request, CancellationToken.None));

    /// <summary>Every port of a rehearsal answers at once; a task that does not is a port that left the calling thread.</summary>
    private static T Wait<T>(Task<T> task) =>
        task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("a rehearsal's ports must answer at once");

    private static void Wait(Task task)
    {
        if (!task.IsCompleted)
        {
            throw new InvalidOperationException("a rehearsal's ports must answer at once");
        }

        task.GetAwaiter().GetResult();
    }
}
