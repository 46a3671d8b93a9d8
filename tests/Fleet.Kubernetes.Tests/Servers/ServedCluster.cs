using Fleet.Contracts.Cluster;
using Fleet.Core.Disruption;
using Fleet.Core.Joining;

namespace Fleet.Kubernetes.Tests.Servers;

/// <summary>The ports on an API server, once all of the suites' pods are ready.</summary>
internal sealed class ServedCluster : IClusterServer
{
    private const int Pods = 8;
    private readonly ClusterServer _server;
    private readonly KubernetesCluster _cluster;

    private ServedCluster(ClusterServer server)
    {
        _server = server;
        _cluster = KubernetesCluster.Connect(server.Kubeconfig, null, TimeProvider.System, TimeProvider.System, new Random(1));
    }

    public IClusterWatch Watch => _cluster.Watch;

    public INodeActions Nodes => _cluster.Nodes;

    public IEvictions Evictions => _cluster.Evictions;

    public IPoolLock Lock => _cluster.Lock;

    public IPermissions Permissions => _cluster.Permissions;

    public IBootstrapTokens Tokens => _cluster.Tokens;

    public IApiServers ApiServers => _cluster.ApiServers;

    public string Namespace => _server.Name;

    public string PoolPrefix => _server.Name + "-";

    public static async Task<IClusterServer> OpenAsync(ClusterServer server)
    {
        var cluster = new ServedCluster(server);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        var view = await cluster.Watch.ViewAsync(limit.Token);
        while (!cluster.Rests(view))
        {
            await cluster.Watch.WaitForChangeAsync(view, DateTimeOffset.MaxValue, limit.Token);
            view = await cluster.Watch.ViewAsync(limit.Token);
        }

        return cluster;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private bool Rests(ClusterView view)
    {
        var own = view.Pods.Values.Where(pod => pod.Namespace == Namespace).ToList();
        return own.Count == Pods && own.TrueForAll(pod => pod.Ready && pod.DeletionDue is null) && view.Budgets.GetValueOrDefault($"{Namespace}/web") is { DisruptionsAllowed: 1 };
    }
}
