using Fleet.Contracts;
using Fleet.Contracts.Cluster;
using Fleet.Core.Disruption;
using Fleet.Core.Joining;
using Fleet.Sandbox.Host;
using Fleet.Simulation;

namespace Fleet.Kubernetes.Tests;

/// <summary>The ports over the wire, against the sandbox's API server.</summary>
public sealed class SandboxClusterStage : IClusterStage
{
    private readonly KubernetesCluster _cluster;

    private SandboxClusterStage(SandboxHost host, KubernetesCluster cluster) => (Host, _cluster) = (host, cluster);

    public SandboxHost Host { get; }

    public World World => Host.World;

    public IClusterWatch Watch => _cluster.Watch;

    public INodeActions Nodes => _cluster.Nodes;

    public IEvictions Evictions => _cluster.Evictions;

    public IPoolLock Lock => _cluster.Lock;

    public IPermissions Permissions => _cluster.Permissions;

    public IBootstrapTokens Tokens => _cluster.Tokens;

    public IApiServers ApiServers => _cluster.ApiServers;

    public static async Task<SandboxClusterStage> OpenAsync(params DelegatingHandler[] handlers)
    {
        var host = await SandboxHost.StartAsync(new SandboxOptions { World = StageWorld.Build() });
        return new SandboxClusterStage(host, KubernetesCluster.Connect(host.KubeconfigPath, null, host.Clock, TimeProvider.System, new Random(1), handlers));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Host.DisposeAsync();
    }
}
