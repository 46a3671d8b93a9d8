using Fleet.Core.Disruption;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;

namespace Fleet.Service.Notifications;

/// <summary>Leaves news of a run as Kubernetes Events on the nodes that its reasons name, or for the cluster as a whole; what belongs to no cluster is left nowhere.</summary>
internal sealed class ClusterEvents(ServiceOptions options, ConnectionPool connections)
{
    /// <summary>Nodes that one piece of news is left on.</summary>
    private const int MostNodes = 10;

    /// <summary>Leaves them.</summary>
    /// <exception cref="NotificationException">They could not be left.</exception>
    public async Task LeaveAsync(RunNews news, CancellationToken cancellationToken)
    {
        if (news.Cluster == Run.NoCluster)
        {
            return;
        }

        var cluster = (await options.Inventory.ClustersAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Name == news.Cluster)
            ?? throw new NotificationException($"cluster {news.Cluster} is declared no more");
        string?[] nodes = [.. news.Reasons.Select(reason => reason.Node).Where(node => node is not null).Distinct().Take(MostNodes)];
        try
        {
            var rented = connections.Rent(cluster);
            await using (rented.ConfigureAwait(false))
            {
                foreach (var node in nodes.Length == 0 ? [null] : nodes)
                {
                    await rented.Connection.NodeEvents
                        .LeaveAsync(news.Id, node, $"FleetRun{news.Event}", NewsText.Sentence(news), news.Event is RunEvent.Stuck or RunEvent.Failed, news.At, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception unreachable) when (unreachable is ClusterUnreachableException or CloudRefusedException)
        {
            throw new NotificationException(unreachable.Message, unreachable);
        }
    }
}
