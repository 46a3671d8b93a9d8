using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory;
using Fleet.Core.Retirement;
using Fleet.Core.Retirement.Orders;
using Fleet.Core.Runs;
using Fleet.Hosting.Runs;

namespace Fleet.Hosting.Retirement;

/// <summary>Looks which images stay or go, and drives sweeps in this process, under the run's lease in the store.</summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="inventory">What is declared.</param>
/// <param name="images">Where images are recorded.</param>
/// <param name="options">Clocks and accounts.</param>
/// <param name="owner">Who drives, unique per process.</param>
public sealed class SweepHost(IRunStore store, IInventoryStore inventory, IImageStore images, SweepOptions options, string owner) : IRunKind, IDisposable
{
    /// <summary>The kind of its runs.</summary>
    public const string Kind = ImageSweepOrderReader.Kind;

    private readonly Random _chance = new(options.Seed);
    private readonly ImageCatalogs _catalogs = new(options.Account, options.Policy);

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Looks, with reads only, and decides on every version that is not gone yet.</summary>
    /// <param name="parameters">Paths of parameters that hold image ids, beside Fleet's own.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<ImmutableArray<ImageVerdict>> LookAsync(IReadOnlyList<string> parameters, CancellationToken cancellationToken) =>
        SweepPlanner.Decide(await Observer(parameters).ObserveAsync(cancellationToken).ConfigureAwait(false), options.Policy.GetUtcNow());

    /// <summary>A new run, not recorded yet.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="startedBy">Who asks for it, see <see cref="Run.StartedBy"/>.</param>
    /// <param name="person">The person behind that, see <see cref="Run.Person"/>.</param>
    public Run Prepare(SweepSpec spec, string startedBy, string? person)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var now = options.Policy.GetUtcNow();
        return new Run
        {
            Id = RunId.New(now, Chance()),
            Kind = Kind,
            Cluster = Run.NoCluster,
            Pool = Run.AllRecipes,
            StartedBy = startedBy,
            Person = person,
            Spec = SweepJson.Write(spec),
            State = SweepJson.Write(new SweepState()),
            Created = now,
            Updated = now,
        };
    }

    /// <inheritdoc/>
    public async Task<Run> DriveAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var observer = Observer(SweepJson.Read<SweepSpec>(run.Spec).Parameters);
        var round = new SweepRound(observer, new SweepExecutor(observer, images, _catalogs, options.Policy), options.Policy, options.Wall);
        try
        {
            return await new RunDriver(store, round, new DriverOptions { Owner = owner }, options.Policy, options.Wall).DriveAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await round.DisposeAsync().ConfigureAwait(false);
            await store.ReleaseLeaseAsync(run.Id, owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _catalogs.Dispose();

    private SweepObserver Observer(IReadOnlyList<string> parameters) => new(inventory, images, store, _catalogs, parameters);

    private Random Chance()
    {
        lock (_chance)
        {
            return new Random(_chance.Next());
        }
    }
}
