namespace Fleet.Core.Disruption;

/// <summary>A cluster's API servers; asks only, changes nothing.</summary>
public interface IApiServers
{
    /// <summary>
    /// The one that answers at the cluster's endpoint, first, and those that run as static pods (label <c>component=kube-apiserver</c> in kube-system, as kubeadm makes them):
    /// behind a load balancer the endpoint shows one of several. A pod whose image has no version in its tag is left out.
    /// </summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task<IReadOnlyList<ApiServerVersion>> VersionsAsync(CancellationToken cancellationToken);
}
