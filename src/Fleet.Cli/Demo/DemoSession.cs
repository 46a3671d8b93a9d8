using Fleet.Aws;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Rotations;
using Fleet.Hosting.Time;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Bounds;
using Fleet.Simulation.Records;
using Fleet.Storage;

namespace Fleet.Cli.Demo;

/// <summary>A sandbox in this process, and Fleet pointed at its endpoints: the same adapters as production, over TCP, on a state file that goes with the session.</summary>
internal sealed class DemoSession : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly SandboxHost _sandbox;
    private readonly PolicyClock _clock;

    private DemoSession(DirectoryInfo folder, SandboxHost sandbox, PolicyClock clock, SqliteStore store, ClusterConnection connection, RotationHost host, Run run, RotationRecorder record, MakespanBound bound)
    {
        (_folder, _sandbox, _clock) = (folder, sandbox, clock);
        (Store, Connection, Host, Run) = (store, connection, host, run);
        (Record, Bound) = (record, bound);
    }

    public SqliteStore Store { get; }

    /// <summary>How Fleet reaches the world.</summary>
    public ClusterConnection Connection { get; }

    public RotationHost Host { get; }

    /// <summary>The run, not yet driven.</summary>
    public Run Run { get; }

    /// <summary>What the world records of the run.</summary>
    public RotationRecorder Record { get; }

    /// <summary>The bound of the run's time, reckoned before it.</summary>
    public MakespanBound Bound { get; }

    /// <summary>Serves a world and declares its cluster and pool.</summary>
    public static async Task<DemoSession> StartAsync(SandboxOptions options, DemoPool target, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-demo-");
        var sandbox = await SandboxHost.StartAsync(options with { StateFolder = Path.Combine(folder.FullName, "sandbox") }, cancellationToken).ConfigureAwait(false);
        var clock = await PolicyClock.FollowAsync(sandbox.ClockUrl, options.Wall, cancellationToken).ConfigureAwait(false);
        var store = new SqliteStore(Path.Combine(folder.FullName, "fleet.db"));
        var cluster = new ClusterSpec { Name = target.Pool.Cluster, Account = options.World.Cloud.Account, Region = options.World.Cloud.Region, Kubeconfig = sandbox.KubeconfigPath };
        var connecting = new ConnectionOptions
        {
            Policy = clock,
            Wall = options.Wall,
            Seed = seed,
            Account = declared => new AwsOptions { Region = declared.Region, Endpoint = sandbox.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "sandbox" },
        };
        var connection = ClusterConnection.Open(cluster, connecting);
        await store.ApplyAsync([cluster], [target.Pool], cancellationToken).ConfigureAwait(false);
        var uid = await store.PinAsync(cluster.Name, await connection.IdentityAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

        var host = new RotationHost(store, store, store, connecting, $"demo-{Environment.ProcessId}");
        var spec = new RotationSpec { Cluster = cluster with { KubeSystemUid = uid }, Pool = target.Pool, Target = target.Target };
        var bound = MakespanBound.Of(options.World, spec);
        var record = new RotationRecorder(options.World, RecordedRotation.Of(spec, options.World));
        var run = await host.StartAsync(spec, "demo", cancellationToken).ConfigureAwait(false);
        return new DemoSession(folder, sandbox, clock, store, connection, host, run, record, bound);
    }

    public async ValueTask DisposeAsync()
    {
        Record.Dispose();
        await Connection.DisposeAsync().ConfigureAwait(false);
        _clock.Dispose();
        Store.Dispose();
        await _sandbox.DisposeAsync().ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }
}
