using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

public abstract class NodeActionsContract : ClusterSuite
{
    private static readonly NodeTaint Outdated = new("fleet/outdated", null, "PreferNoSchedule");
    private static readonly Dictionary<string, string?> Nothing = [];

    [Fact]
    public async Task A_cordon_shows_in_the_next_view_and_an_uncordon_too()
    {
        var node = await NodeAsync();

        await Stage.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None);
        (await ViewAsync()).Nodes[node.Name].Unschedulable.ShouldBeTrue();
        await Stage.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None);
        await Stage.Nodes.SetUnschedulableAsync(node.Name, node.Uid, false, None);
        (await ViewAsync()).Nodes[node.Name].Unschedulable.ShouldBeFalse();
    }

    [Fact]
    public async Task One_taint_comes_and_goes_and_the_others_stay()
    {
        var node = await NodeAsync();
        var theirs = new NodeTaint("team/reserved", "shop", "NoSchedule");

        await Stage.Nodes.SetTaintAsync(node.Name, node.Uid, theirs, true, None);
        await Stage.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, true, None);
        await Stage.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, true, None);
        Taints(await ViewAsync()).ShouldBe(["fleet/outdated:PreferNoSchedule", "team/reserved:NoSchedule"], ignoreOrder: true);

        await Stage.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, false, None);
        await Stage.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, false, None);
        Taints(await ViewAsync()).ShouldBe(["team/reserved:NoSchedule"]);

        IEnumerable<string> Taints(ClusterView view) => view.Nodes[node.Name].Taints.Select(taint => $"{taint.Key}:{taint.Effect}");
    }

    [Fact]
    public async Task Own_labels_and_annotations_are_set_and_removed_and_foreign_ones_stay()
    {
        var node = await NodeAsync();

        await Stage.Nodes.SetMetadataAsync(node.Name, node.Uid, new Dictionary<string, string?> { ["fleet/x"] = "1" }, new Dictionary<string, string?> { ["fleet/run"] = "r-1" }, None);
        var marked = (await ViewAsync()).Nodes[node.Name];
        marked.Labels.ShouldContainKeyAndValue("fleet/x", "1");
        marked.Annotations.ShouldContainKeyAndValue("fleet/run", "r-1");
        marked.Labels.Count.ShouldBe(node.Labels.Count + 1);

        await Stage.Nodes.SetMetadataAsync(node.Name, node.Uid, new Dictionary<string, string?> { ["fleet/x"] = null }, new Dictionary<string, string?> { ["fleet/run"] = null }, None);
        var bare = (await ViewAsync()).Nodes[node.Name];
        bare.Labels.ShouldBe(node.Labels);
        bare.Annotations.ShouldBe(node.Annotations);
    }

    [Fact]
    public async Task Another_node_of_that_name_is_left_alone()
    {
        var node = await NodeAsync();
        const string Other = "11111111-2222-4333-8444-555555555555";

        await Stage.Nodes.SetUnschedulableAsync(node.Name, Other, true, None);
        await Stage.Nodes.SetTaintAsync(node.Name, Other, Outdated, true, None);
        await Stage.Nodes.SetMetadataAsync(node.Name, Other, new Dictionary<string, string?> { ["fleet/x"] = "1" }, Nothing, None);
        await Stage.Nodes.DeleteAsync(node.Name, Other, None);

        var after = (await ViewAsync()).Nodes[node.Name];
        (after.Unschedulable, after.Taints.Length, after.Labels.ContainsKey("fleet/x")).ShouldBe((false, 0, false));
    }

    [Fact]
    public async Task A_node_that_is_gone_is_a_success()
    {
        await Stage.Nodes.SetUnschedulableAsync("nobody", "x", true, None);
        await Stage.Nodes.SetTaintAsync("nobody", "x", Outdated, true, None);
        await Stage.Nodes.SetMetadataAsync("nobody", "x", new Dictionary<string, string?> { ["fleet/x"] = "1" }, Nothing, None);
        await Stage.Nodes.DeleteAsync("nobody", "x", None);
        (await Stage.Nodes.EventsAsync("nobody", None)).ShouldBeEmpty();
    }

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
