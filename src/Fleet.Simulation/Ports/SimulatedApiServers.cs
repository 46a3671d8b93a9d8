using Fleet.Core.Disruption;

namespace Fleet.Simulation.Ports;

/// <summary>The API servers of a simulated cluster.</summary>
/// <param name="world">The world.</param>
public sealed class SimulatedApiServers(World world) : IApiServers
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiServerVersion>> VersionsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (world.Gate)
        {
            var pods = world.Cluster.Pods.Objects
                .Where(pod => pod.Meta.Namespace == ApiServerImages.Namespace && pod.Meta.Labels.GetValueOrDefault(ApiServerImages.Label) == ApiServerImages.Component)
                .Select(pod => (pod.Meta.Name, Version: ApiServerImages.VersionOf(pod.Template.Image)))
                .Where(server => server.Version is not null)
                .Select(server => new ApiServerVersion($"pod {ApiServerImages.Namespace}/{server.Name}", server.Version!))
                .OrderBy(server => server.Name, StringComparer.Ordinal);
            return Task.FromResult<IReadOnlyList<ApiServerVersion>>([new("the endpoint", world.Cluster.ServerVersion), .. pods]);
        }
    }
}
