using Fleet.Core.Disruption;

namespace Fleet.Core.Joining;

/// <summary>Bootstrap tokens of a cluster: Secrets of type <c>bootstrap.kubernetes.io/token</c> in kube-system.</summary>
public interface IBootstrapTokens
{
    /// <summary>The uid of the namespace kube-system: which cluster this is.</summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task<string> IdentityAsync(CancellationToken cancellationToken);

    /// <summary>What new nodes find the cluster by: the kubeconfig in ConfigMap kube-public/cluster-info (kubeadm, "Implementation details").</summary>
    /// <returns>Its text; null where there is none.</returns>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task<string?> ClusterInfoAsync(CancellationToken cancellationToken);

    /// <summary>A token by its public half; null where there is none.</summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task<KnownToken?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes a token that nodes may join by.</summary>
    /// <returns>False where its id is taken; nothing is changed then.</returns>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task<bool> CreateAsync(BootstrapToken token, CancellationToken cancellationToken);

    /// <summary>Removes a token of Fleet's; one that is gone or was made anew is left as it is.</summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task RemoveAsync(KnownToken token, CancellationToken cancellationToken);
}
