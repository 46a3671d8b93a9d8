using Fleet.Core.Disruption;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using CorePod = Fleet.Core.Disruption.Pod;

namespace Fleet.Simulation.Ports;

/// <summary>Evictions in a simulated cluster, without a wire and without retries.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
public sealed class SimulatedEvictions(World world, string caller = "fleet") : IEvictions
{
    private readonly ClusterApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<EvictionAnswer> EvictAsync(CorePod pod, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Ask(() => _api.Evict(new ObjectKey(pod.Namespace, pod.Name), new EvictOptions { Uid = pod.Uid })));
    }

    /// <inheritdoc/>
    public Task<EvictionAnswer> DeleteAsync(CorePod pod, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Ask(() => _api.Delete("pods", new ObjectKey(pod.Namespace, pod.Name), new DeleteOptions { Uid = pod.Uid })));
    }

    private static EvictionAnswer Ask(Action call)
    {
        try
        {
            call();
            return new EvictionAnswer(EvictionOutcome.Accepted);
        }
        catch (Exception failure) when (ClusterFailure.Is(failure))
        {
            return ClusterFailure.Answer(failure);
        }
    }
}
