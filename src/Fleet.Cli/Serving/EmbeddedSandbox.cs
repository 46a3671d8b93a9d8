using System.CommandLine;
using Fleet.Aws;
using Fleet.Cli.Demo;
using Fleet.Cli.Worlds;
using Fleet.Core.Inventory;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Time;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Serving;

/// <summary>The sandbox that a service brings along: its world, its clock, and its cluster and pool as declared.</summary>
internal sealed class EmbeddedSandbox : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WorldSpec _spec;
    private readonly PolicyClock _clock;

    private EmbeddedSandbox(DirectoryInfo folder, WorldSpec spec, SandboxHost host, PolicyClock clock, double speed) => (_folder, _spec, Host, _clock, Speed) = (folder, spec, host, clock, speed);

    public SandboxHost Host { get; }

    /// <summary>The name under which the service knows the sandbox's kubeconfig.</summary>
    public const string Kubeconfig = "sandbox";

    /// <summary>World seconds per second.</summary>
    public double Speed { get; }

    /// <summary>The world's time.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>A state file that goes with the sandbox.</summary>
    public string StatePath => Path.Combine(_folder.FullName, "fleet.db");

    /// <summary>The pool that is declared, and what it can be rotated to; null where the world describes no rotation.</summary>
    public DemoPool? Pool => _spec.Rotation is null ? null : DemoPool.Of(_spec);

    public static async Task<EmbeddedSandbox> StartAsync(CliContext context, ServeFlags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        var spec = await SandboxWorld.ReadAsync(parsed.GetValue(flags.World), parsed.GetValue(flags.Nodes), cancellationToken).ConfigureAwait(false);
        var world = SandboxWorld.Build(spec, parsed.GetValue(flags.Seed) ?? 1, context.Wall);
        var speed = parsed.GetValue(flags.Speed) ?? 60;
        var folder = Directory.CreateTempSubdirectory("fleet-serve-");
        var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = speed, Wall = context.Wall, StateFolder = Path.Combine(folder.FullName, "sandbox") }, cancellationToken).ConfigureAwait(false);
        return new(folder, spec, host, await PolicyClock.FollowAsync(host.ClockUrl, context.Wall, cancellationToken).ConfigureAwait(false), speed);
    }

    /// <summary>How every declared cluster's account is reached: it is the sandbox's, whatever the environment says.</summary>
    public AwsOptions Account(ClusterSpec cluster) => new() { Region = cluster.Region, Endpoint = Host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "sandbox" };

    /// <summary>Declares the sandbox's cluster and pool; what was declared under these names in a world that is gone is replaced.</summary>
    public async Task DeclareAsync(IInventoryStore inventory, CancellationToken cancellationToken)
    {
        var cluster = new ClusterSpec { Name = _spec.Name, Account = Host.World.Cloud.Account, Region = Host.World.Cloud.Region, Kubeconfig = Kubeconfig };
        await inventory.ApplyAsync([cluster], Pool is { } pool ? [pool.Pool] : [], cancellationToken).ConfigureAwait(false);
        if (await ClusterIdentity.AskAsync(cluster with { Kubeconfig = Host.KubeconfigPath }, TimeProvider.System, 1, cancellationToken).ConfigureAwait(false) is { } uid)
        {
            await inventory.PinAsync(cluster.Name, uid, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clock.Dispose();
        await Host.DisposeAsync().ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }
}
