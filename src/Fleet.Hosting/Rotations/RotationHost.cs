using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;

namespace Fleet.Hosting.Rotations;

/// <summary>Starts rotations and drives them in this process, under the run's lease in the store.</summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="inventory">What is declared and remembered of pools.</param>
/// <param name="images">What is recorded of images.</param>
/// <param name="options">Clocks and chance.</param>
/// <param name="owner">Who drives, unique per process.</param>
public sealed class RotationHost(IRunStore store, IInventoryStore inventory, IImageStore images, ConnectionOptions options, string owner)
{
    private readonly Random _chance = new(options.Seed);

    /// <summary>Who drives here.</summary>
    public string Owner => owner;

    /// <summary>Looks, with reads only, whether a pool can be rotated as asked, and what that would come to.</summary>
    /// <param name="cluster">The cluster as declared.</param>
    /// <param name="pool">The pool as declared.</param>
    /// <param name="wishes">What is asked of this run.</param>
    /// <param name="connection">The cluster as it is reached.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public Task<PreflightResult> CheckAsync(ClusterSpec cluster, NodePoolSpec pool, RotationWishes wishes, ClusterConnection connection, CancellationToken cancellationToken) =>
        CheckAsync(cluster, pool, wishes, null, connection, cancellationToken);

    /// <summary>As the other, for a run that comes after one that is under way.</summary>
    /// <param name="cluster">The cluster as declared.</param>
    /// <param name="pool">The pool as declared.</param>
    /// <param name="wishes">What is asked of this run.</param>
    /// <param name="after">The run that has to end first; null for none.</param>
    /// <param name="connection">The cluster as it is reached.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public async Task<PreflightResult> CheckAsync(ClusterSpec cluster, NodePoolSpec pool, RotationWishes wishes, Run? after, ClusterConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(connection);

        // Group names are unique in an account's region: the same name elsewhere is another group.
        var neighbours = (await inventory.ClustersAsync(cancellationToken).ConfigureAwait(false))
            .Where(other => (other.Account, other.Region) == (cluster.Account, cluster.Region)).Select(other => other.Name).ToHashSet();
        var recipe = wishes.Recipe ?? (wishes.Targets == 0 ? pool.Image?.Recipe : null);
        var request = new RotationRequest
        {
            Cluster = cluster,
            Pool = wishes.Apply(pool),
            OtherPools = [.. (await inventory.PoolsAsync(null, cancellationToken).ConfigureAwait(false))
                .Where(other => (other.Cluster, other.Name) != (pool.Cluster, pool.Name) && neighbours.Contains(other.Cluster))],
            Image = wishes.Image,
            TemplateVersion = wishes.TemplateVersion,
            Recipe = wishes.Recipe,
            Versions = [.. await images.ImagesAsync(recipe, cancellationToken).ConfigureAwait(false)],
            LastGood = wishes.ToLastGood ? (await inventory.StatusAsync(pool.Cluster, pool.Name, cancellationToken).ConfigureAwait(false)).LastGood : null,
            ForceUntil = wishes.ForceUntil,
            OlderThan = wishes.OlderThan,
            Now = options.Policy.GetUtcNow(),
            Waiver = wishes.Waiver,
            AfterRunOf = after?.Created,
        };
        return await RotationPreflight.RunAsync(connection.Ports(inventory), request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records a new run; nothing is changed outside before it is driven.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="startedBy">Who asks for it, see <see cref="Run.StartedBy"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Run> StartAsync(RotationSpec spec, string startedBy, CancellationToken cancellationToken) => store.CreateAsync(Prepare(spec, startedBy, startedBy), cancellationToken);

    /// <summary>A new run, not recorded yet.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="startedBy">Who asks for it, see <see cref="Run.StartedBy"/>.</param>
    /// <param name="person">The person behind that, see <see cref="Run.Person"/>.</param>
    public Run Prepare(RotationSpec spec, string startedBy, string? person)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var now = options.Policy.GetUtcNow();
        return new Run
        {
            Id = RunId.New(now, Chance()),
            Kind = RotationSpec.Kind,
            Cluster = spec.Pool.Cluster,
            Pool = spec.Pool.Name,
            StartedBy = startedBy,
            Person = person,
            Spec = RotationJson.Write(spec),
            State = RotationJson.Write(new RotationState()),
            Created = now,
            Updated = now,
        };
    }

    /// <summary>Drives a run until it ends, stands, or the token asks to leave; the lease is given back in every case.</summary>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="RunLostException">Somebody else drives it.</exception>
    public async Task<Run> DriveAsync(string runId, ClusterConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var driving = new DriverOptions { Owner = owner };
        var round = new RotationRound(connection.Ports(inventory), options.Policy, Chance(), driving.Parallel, options.Wall);
        try
        {
            return await new RunDriver(store, round, driving, options.Policy, options.Wall).DriveAsync(runId, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await store.ReleaseLeaseAsync(runId, owner, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>A source of chance for one caller alone: several runs are begun and driven at a time, and a source is not safe for that.</summary>
    private Random Chance()
    {
        lock (_chance)
        {
            return new Random(_chance.Next());
        }
    }
}
