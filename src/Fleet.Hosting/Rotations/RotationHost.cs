using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;

namespace Fleet.Hosting.Rotations;

/// <summary>Starts rotations and drives them in this process, under the run's lease in the store.</summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="inventory">What is declared and remembered of pools.</param>
/// <param name="options">Clocks and chance.</param>
/// <param name="owner">Who drives, unique per process.</param>
public sealed class RotationHost(IRunStore store, IInventoryStore inventory, ConnectionOptions options, string owner)
{
    /// <summary>The kind of its runs.</summary>
    public const string Kind = "rotation";

    private readonly Random _chance = new(options.Seed);

    /// <summary>Who drives here.</summary>
    public string Owner => owner;

    /// <summary>Records a new run; nothing is changed outside before it is driven.</summary>
    public async Task<Run> StartAsync(RotationSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var now = options.Policy.GetUtcNow();
        var run = new Run
        {
            Id = RunId.New(now, _chance),
            Kind = Kind,
            Cluster = spec.Pool.Cluster,
            Pool = spec.Pool.Name,
            Spec = RotationJson.Write(spec),
            State = RotationJson.Write(new RotationState()),
            Created = now,
            Updated = now,
        };
        await store.CreateAsync(run, cancellationToken).ConfigureAwait(false);
        return run;
    }

    /// <summary>Drives a run until it ends, stands, or the token asks to leave; the lease is given back in every case.</summary>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="RunLostException">Somebody else drives it.</exception>
    public async Task<Run> DriveAsync(string runId, ClusterConnection connection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var driving = new DriverOptions { Owner = owner };
        var round = new RotationRound(connection.Ports(inventory), options.Policy, _chance, driving.Parallel, options.Wall);
        try
        {
            return await new RunDriver(store, round, driving, options.Policy, options.Wall).DriveAsync(runId, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await store.ReleaseLeaseAsync(runId, owner, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
