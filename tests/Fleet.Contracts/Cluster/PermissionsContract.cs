using Fleet.Core.Disruption;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must answer an administrator about permissions.</summary>
public abstract class PermissionsContract : ClusterSuite
{
    protected static readonly ClusterPermission[] All = [.. ClusterPermissions.OfRotation, ClusterPermissions.OfForce];

    [Fact]
    public async Task Nothing_is_missing_where_nothing_is_denied() =>
        (await Server.Permissions.MissingAsync(All, None)).ShouldBeEmpty();
}
