using Fleet.Contracts.Cluster;

namespace Fleet.Kubernetes.Tests;

public sealed class WatchedClusterTests : ClusterWatchWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesNodeActionsTests : NodeActionsWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesEvictionsTests : EvictionsWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesPermissionsTests : PermissionsWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesPoolLockTests : PoolLockWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesBootstrapTokensTests : BootstrapTokensWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesApiServersTests : ApiServersWorldContract
{
    protected override async Task<IClusterServer> OpenAsync() => await SandboxClusterStage.OpenAsync();
}
