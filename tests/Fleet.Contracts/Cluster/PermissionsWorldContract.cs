namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of permissions: denials, and what is written.</summary>
public abstract class PermissionsWorldContract : PermissionsContract
{
    private IClusterStage Stage => (IClusterStage)Server;

    [Fact]
    public async Task Each_permission_that_is_denied_is_missing_and_no_other()
    {
        foreach (var permission in All)
        {
            Stage.World.Faults.Deny($"{permission.Verb} {permission.QualifiedResource}");
            (await Stage.Permissions.MissingAsync(All, None)).ShouldBe([permission]);
            Stage.World.Faults.Clear();
        }
    }

    [Fact]
    public async Task All_that_are_missing_are_named_in_the_order_in_which_they_were_asked_for()
    {
        Stage.World.Faults.Deny("patch nodes");
        Stage.World.Faults.Deny("create pods/eviction");
        Stage.World.Faults.Deny("update leases.coordination.k8s.io", "fleet");
        Stage.World.Faults.Deny("watch pods", "somebody-else");

        (await Stage.Permissions.MissingAsync(All, None)).Select(permission => permission.ToString())
            .ShouldBe(["patch nodes", "create pods/eviction", "update leases.coordination.k8s.io in namespace kube-system"]);
    }

    [Fact]
    public async Task To_ask_writes_nothing()
    {
        await Stage.Permissions.MissingAsync(All, None);

        lock (Stage.World.Gate)
        {
            Stage.World.Log.Records.Where(call => call.Caller == "fleet" && call.Writes).ShouldBeEmpty();
        }
    }
}
