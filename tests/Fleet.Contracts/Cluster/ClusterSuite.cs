using Fleet.Core.Disruption;
using Fleet.Simulation;

namespace Fleet.Contracts.Cluster;

/// <summary>What the suites of the cluster's ports share.</summary>
public abstract class ClusterSuite : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IClusterStage Stage { get; private set; } = null!;

    public async Task InitializeAsync() => Stage = await OpenAsync();

    public async Task DisposeAsync() => await Stage.DisposeAsync();

    protected abstract Task<IClusterStage> OpenAsync();

    protected Task<ClusterView> ViewAsync() => Stage.Watch.ViewAsync(None);

    protected async Task<Node> NodeAsync() => (await ViewAsync()).Nodes.Values.OrderBy(node => node.Name, StringComparer.Ordinal).First();

    protected async Task<List<Pod>> PodsAsync(string app) =>
        [.. (await ViewAsync()).Pods.Values.Where(pod => pod.Owner is { } owner && (owner.Name == app || owner.Name.StartsWith(app + "-", StringComparison.Ordinal))).OrderBy(pod => pod.Name, StringComparer.Ordinal)];

    /// <summary>Runs the world ahead, then waits until the view has seen it.</summary>
    protected async Task<ClusterView> UntilAsync(Func<World, bool> world, Func<ClusterView, bool> view)
    {
        VirtualTime.Until(Stage.World, world);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        var seen = await Stage.Watch.ViewAsync(limit.Token);
        while (!view(seen))
        {
            await Stage.Watch.WaitForChangeAsync(seen, DateTimeOffset.MaxValue, limit.Token);
            seen = await Stage.Watch.ViewAsync(limit.Token);
        }

        return seen;
    }
}
