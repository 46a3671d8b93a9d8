using Fleet.Core.Disruption;
using Fleet.Core.Joining;

namespace Fleet.Contracts.Cluster;

/// <summary>
/// A cluster reached through one implementation of the ports: a simulated one, or whatever an API server shows. In one namespace it has ready Deployments <c>web</c> (3 pods, a budget of minAvailable 2),
/// <c>solid</c> (1 pod, minAvailable 1), <c>api</c> (2 pods, two budgets) and <c>free</c> (2 pods, no budget).
/// </summary>
public interface IClusterServer : IAsyncDisposable
{
    IClusterWatch Watch { get; }

    INodeActions Nodes { get; }

    IEvictions Evictions { get; }

    IPoolLock Lock { get; }

    IPermissions Permissions { get; }

    IBootstrapTokens Tokens { get; }

    IApiServers ApiServers { get; }

    /// <summary>Namespace of the Deployments.</summary>
    string Namespace { get; }

    /// <summary>Prefix of the names of pools whose leases a suite may take.</summary>
    string PoolPrefix { get; }
}
