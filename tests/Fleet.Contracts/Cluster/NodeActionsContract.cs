using Fleet.Core.Disruption;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must do with marks on nodes. What the suite changes on a node it puts back.</summary>
public abstract class NodeActionsContract : ClusterSuite
{
    private static readonly NodeTaint Outdated = new("fleet/outdated", null, "PreferNoSchedule");
    private static readonly Dictionary<string, string?> Nothing = [];

    [Fact]
    public async Task A_cordon_shows_in_the_next_view_and_an_uncordon_too()
    {
        var node = await NodeAsync();

        await Server.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None);
        (await ViewAsync()).Nodes[node.Name].Unschedulable.ShouldBeTrue();
        await Server.Nodes.SetUnschedulableAsync(node.Name, node.Uid, true, None);
        await Server.Nodes.SetUnschedulableAsync(node.Name, node.Uid, false, None);
        (await ViewAsync()).Nodes[node.Name].Unschedulable.ShouldBeFalse();
    }

    [Fact]
    public async Task One_taint_comes_and_goes_and_the_others_stay()
    {
        var node = await NodeAsync();
        var theirs = new NodeTaint("fleet-test/reserved", "shop", "PreferNoSchedule");
        var before = Taints(await ViewAsync());

        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, theirs, true, None);
        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, true, None);
        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, true, None);
        Taints(await ViewAsync()).ShouldBe([.. before, "fleet-test/reserved:PreferNoSchedule", "fleet/outdated:PreferNoSchedule"], ignoreOrder: true);

        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, false, None);
        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, Outdated, false, None);
        Taints(await ViewAsync()).ShouldBe([.. before, "fleet-test/reserved:PreferNoSchedule"], ignoreOrder: true);

        await Server.Nodes.SetTaintAsync(node.Name, node.Uid, theirs, false, None);
        Taints(await ViewAsync()).ShouldBe(before);

        List<string> Taints(ClusterView view) => [.. view.Nodes[node.Name].Taints.Select(taint => $"{taint.Key}:{taint.Effect}")];
    }

    [Fact]
    public async Task Own_labels_and_annotations_are_set_and_removed_and_foreign_ones_stay()
    {
        var node = await NodeAsync();

        await Server.Nodes.SetMetadataAsync(node.Name, node.Uid, new Dictionary<string, string?> { ["fleet/x"] = "1" }, new Dictionary<string, string?> { ["fleet/run"] = "r-1" }, None);
        var marked = (await ViewAsync()).Nodes[node.Name];
        marked.Labels.ShouldContainKeyAndValue("fleet/x", "1");
        marked.Annotations.ShouldContainKeyAndValue("fleet/run", "r-1");
        marked.Labels.Count.ShouldBe(node.Labels.Count + 1);

        await Server.Nodes.SetMetadataAsync(node.Name, node.Uid, new Dictionary<string, string?> { ["fleet/x"] = null }, new Dictionary<string, string?> { ["fleet/run"] = null }, None);
        var bare = (await ViewAsync()).Nodes[node.Name];
        bare.Labels.ShouldBe(node.Labels);
        bare.Annotations.ShouldBe(node.Annotations);
    }

    [Fact]
    public async Task Another_node_of_that_name_is_left_alone()
    {
        var node = await NodeAsync();
        const string Other = "11111111-2222-4333-8444-555555555555";

        await Server.Nodes.SetUnschedulableAsync(node.Name, Other, true, None);
        await Server.Nodes.SetTaintAsync(node.Name, Other, Outdated, true, None);
        await Server.Nodes.SetMetadataAsync(node.Name, Other, new Dictionary<string, string?> { ["fleet/x"] = "1" }, Nothing, None);
        await Server.Nodes.DeleteAsync(node.Name, Other, None);

        var after = (await ViewAsync()).Nodes[node.Name];
        (after.Unschedulable, after.Taints.Length, after.Labels.ContainsKey("fleet/x")).ShouldBe((false, node.Taints.Length, false));
    }

    [Fact]
    public async Task A_node_that_is_gone_is_a_success()
    {
        await Server.Nodes.SetUnschedulableAsync("nobody", "x", true, None);
        await Server.Nodes.SetTaintAsync("nobody", "x", Outdated, true, None);
        await Server.Nodes.SetMetadataAsync("nobody", "x", new Dictionary<string, string?> { ["fleet/x"] = "1" }, Nothing, None);
        await Server.Nodes.DeleteAsync("nobody", "x", None);
        (await Server.Nodes.EventsAsync("nobody", None)).ShouldBeEmpty();
    }
}
