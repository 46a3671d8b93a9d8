using Fleet.Contracts.Cluster;

namespace Fleet.Kubernetes.Tests.Servers;

[Collection(ClusterServerCollection.Name)]
public sealed class ServerClusterWatchTests(ClusterServer server) : ClusterWatchContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerNodeActionsTests(ClusterServer server) : NodeActionsContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerEvictionsTests(ClusterServer server) : EvictionsContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerPermissionsTests(ClusterServer server) : PermissionsContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerPoolLockTests(ClusterServer server) : PoolLockContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerBootstrapTokensTests(ClusterServer server) : BootstrapTokensContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}

[Collection(ClusterServerCollection.Name)]
public sealed class ServerApiServersTests(ClusterServer server) : ApiServersContract
{
    protected override Task<IClusterServer> OpenAsync() => ServedCluster.OpenAsync(server);
}
