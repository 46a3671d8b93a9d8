using Fleet.Contracts.Cluster;

namespace Fleet.Kubernetes.Tests;

public sealed class WatchedClusterTests : ClusterWatchContract
{
    protected override async Task<IClusterStage> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesNodeActionsTests : NodeActionsContract
{
    protected override async Task<IClusterStage> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesEvictionsTests : EvictionsContract
{
    protected override async Task<IClusterStage> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesPermissionsTests : PermissionsContract
{
    protected override async Task<IClusterStage> OpenAsync() => await SandboxClusterStage.OpenAsync();
}

public sealed class KubernetesPoolLockTests : PoolLockContract
{
    protected override async Task<IClusterStage> OpenAsync() => await SandboxClusterStage.OpenAsync();
}
