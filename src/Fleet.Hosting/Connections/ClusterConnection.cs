using Fleet.Aws;
using Fleet.Core.Disruption;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Kubernetes;

namespace Fleet.Hosting.Connections;

/// <summary>A declared cluster as it is reached: its account behind Fleet.Aws, its API server behind Fleet.Kubernetes. Nothing is sent before the first use.</summary>
public sealed class ClusterConnection : IAsyncDisposable
{
    private readonly AwsAccount _account;
    private readonly KubernetesCluster _cluster;

    private readonly IHooks _hooks;

    private ClusterConnection(AwsAccount account, KubernetesCluster cluster, IHooks hooks) => (_account, _cluster, _hooks) = (account, cluster, hooks);

    /// <summary>Prepares the connections to a cluster.</summary>
    /// <exception cref="Core.Disruption.ClusterUnreachableException">The kubeconfig cannot be read, names no such context, or its client certificate has ended.</exception>
    /// <exception cref="CloudRefusedException">No credentials can be found.</exception>
    public static ClusterConnection Open(ClusterSpec cluster, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(options);
        var kubeconfig = options.KubeconfigOf(cluster);
        var account = new AwsAccount(options.Account(cluster) with { RoleArn = cluster.RoleArn, ExternalId = cluster.ExternalId, Session = $"fleet-{cluster.Name}"[..Math.Min(64, cluster.Name.Length + 6)] }, options.Policy);
        try
        {
            return new(account, KubernetesCluster.Connect(kubeconfig, cluster.Context, options.Policy, options.Wall, new Random(options.Seed), new ApiServerGuard()), options.Hooks);
        }
        catch
        {
            account.Dispose();
            throw;
        }
    }

    /// <summary>All that a rotation reaches outside.</summary>
    /// <param name="inventory">What is declared and remembered of pools.</param>
    public RotationPorts Ports(IInventoryStore inventory) => new()
    {
        Cluster = _cluster.Watch,
        Nodes = _cluster.Nodes,
        Evictions = _cluster.Evictions,
        Lock = _cluster.Lock,
        Permissions = _cluster.Permissions,
        ApiServers = _cluster.ApiServers,
        Groups = _account.Groups,
        Templates = _account.Templates,
        Instances = _account.Instances,
        Images = _account.Images,
        Hooks = _hooks,
        Inventory = inventory,
    };

    /// <summary>All that the keeper of the cluster's join token reaches outside.</summary>
    public JoinPorts Joining => new() { Tokens = _cluster.Tokens, Parameters = _account.JoinParameters };

    /// <summary>Events that Fleet leaves in the cluster.</summary>
    public INodeEvents NodeEvents => _cluster.Events;

    /// <summary>The uid of the cluster's namespace kube-system.</summary>
    /// <exception cref="Core.Disruption.ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    public Task<string> IdentityAsync(CancellationToken cancellationToken) => _cluster.IdentityAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync().ConfigureAwait(false);
        _account.Dispose();
    }
}
