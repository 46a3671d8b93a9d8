using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Kubernetes;

namespace Fleet.Hosting.Connections;

/// <summary>Asks a cluster who it is.</summary>
public static class ClusterIdentity
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The uid of the namespace kube-system; null when the API server does not answer or refuses.</summary>
    /// <param name="cluster">The cluster as declared.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="seed">Seed of jitter between attempts.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<string?> AskAsync(ClusterSpec cluster, TimeProvider wall, int seed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        using var limit = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = KubernetesCluster.Connect(cluster.Kubeconfig, cluster.Context, wall, wall, new Random(seed), new ApiServerGuard());
            await using (connection.ConfigureAwait(false))
            {
                return await connection.IdentityAsync(either.Token).ConfigureAwait(false);
            }
        }
        catch (ClusterUnreachableException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
