namespace Fleet.Core.Disruption;

/// <summary>What Fleet's user may do in the cluster; asks only, changes nothing.</summary>
public interface IPermissions
{
    /// <summary>Those of the permissions that the user does not have, in the order given.</summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or does not let the user ask.</exception>
    Task<IReadOnlyList<ClusterPermission>> MissingAsync(IReadOnlyList<ClusterPermission> needed, CancellationToken cancellationToken);
}
