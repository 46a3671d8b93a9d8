using Fleet.Core.Disruption;
using Fleet.Simulation;

namespace Fleet.Contracts.Cluster;

/// <summary>What the suites of the cluster's ports share.</summary>
public abstract class ClusterSuite : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IClusterServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await OpenAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    protected abstract Task<IClusterServer> OpenAsync();

    protected Task<ClusterView> ViewAsync() => Server.Watch.ViewAsync(None);

    protected async Task<Node> NodeAsync() => (await ViewAsync()).Nodes.Values.Where(node => node.Schedulable).OrderBy(node => node.Name, StringComparer.Ordinal).First();

    protected async Task<List<Pod>> PodsAsync(string app) =>
        [.. (await ViewAsync()).Pods.Values.Where(pod => pod.Namespace == Server.Namespace && pod.Owner is { } owner && (owner.Name == app || owner.Name.StartsWith(app + "-", StringComparison.Ordinal))).OrderBy(pod => pod.Name, StringComparer.Ordinal)];

    /// <summary>Runs the world ahead, then waits until the view has seen it.</summary>
    protected async Task<ClusterView> UntilAsync(Func<World, bool> world, Func<ClusterView, bool> view)
    {
        VirtualTime.Until(((IClusterStage)Server).World, world);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var seen = await Server.Watch.ViewAsync(limit.Token);
        while (!view(seen))
        {
            await Server.Watch.WaitForChangeAsync(seen, DateTimeOffset.MaxValue, limit.Token);
            seen = await Server.Watch.ViewAsync(limit.Token);
        }

        return seen;
    }
}
