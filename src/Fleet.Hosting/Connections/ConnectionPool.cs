using Fleet.Core.Inventory;

namespace Fleet.Hosting.Connections;

/// <summary>
/// Connections to clusters that all who need one at a time share: a cluster is listed and watched once, and its account's calls are spent from one budget, however many runs there are. A kubeconfig that was written anew is read anew.
/// </summary>
/// <param name="options">How clusters are reached.</param>
public sealed class ConnectionPool(ConnectionOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, Shared> _open = [];

    /// <summary>A connection to a cluster, to be given back by disposing it; the last one to do so closes it.</summary>
    /// <exception cref="Core.Disruption.ClusterUnreachableException">The kubeconfig cannot be read, names no such context, or its client certificate has ended.</exception>
    /// <exception cref="Core.Rotations.CloudRefusedException">No credentials can be found.</exception>
    public RentedConnection Rent(ClusterSpec cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var written = options.KubeconfigOf(cluster) is { } path && File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        var key = new Key(cluster.Name, cluster.Account, cluster.Region, cluster.RoleArn, cluster.ExternalId, cluster.Kubeconfig, cluster.Context, written);
        lock (_gate)
        {
            if (!_open.TryGetValue(key, out var shared))
            {
                shared = new Shared(ClusterConnection.Open(cluster, options));
                _open.Add(key, shared);
            }

            shared.Users++;
            return new RentedConnection(shared.Connection, () => GiveBackAsync(key));
        }
    }

    private async ValueTask GiveBackAsync(Key key)
    {
        ClusterConnection? last = null;
        lock (_gate)
        {
            var shared = _open[key];
            if (--shared.Users == 0)
            {
                _open.Remove(key);
                last = shared.Connection;
            }
        }

        if (last is not null)
        {
            await last.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed record Key(string Name, string Account, string Region, string? RoleArn, string? ExternalId, string? Kubeconfig, string? Context, DateTime Written);

    private sealed class Shared(ClusterConnection connection)
    {
        public ClusterConnection Connection => connection;

        public int Users { get; set; }
    }
}
