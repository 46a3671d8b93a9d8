using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of nodes: that one goes, and faults.</summary>
public abstract class NodeActionsWorldContract : NodeActionsContract
{
    private IClusterStage Stage => (IClusterStage)Server;

    [Fact]
    public async Task A_deleted_node_is_not_in_the_next_view()
    {
        var node = await NodeAsync();

        await Stage.Nodes.DeleteAsync(node.Name, node.Uid, None);

        (await ViewAsync()).Nodes.Values.ShouldAllBe(other => other.Uid != node.Uid);
    }

    [Fact]
    public async Task A_denied_patch_says_that_it_is_forbidden()
    {
        var node = await NodeAsync();
        Stage.World.Faults.Deny("patch nodes");

        (await Should.ThrowAsync<ClusterUnreachableException>(() => Stage.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None))).Code.ShouldBe("forbidden");
        (await ViewAsync()).Nodes[node.Name].Unschedulable.ShouldBeFalse();
    }

    [Theory]
    [InlineData(WorldFaultKind.ServerError)]
    [InlineData(WorldFaultKind.TimeoutBefore)]
    public async Task A_failure_that_lasts_is_told(WorldFaultKind kind)
    {
        var node = await NodeAsync();
        Stage.World.Faults.Next("patch nodes", kind, times: 100);

        (await Should.ThrowAsync<ClusterUnreachableException>(() => Stage.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None))).Code.ShouldBe("unreachable");
    }
}
