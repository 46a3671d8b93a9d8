using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

public sealed class ClusterApiTests
{
    private readonly TestCluster _cluster = new TestCluster().Nodes(2);

    private ClusterApi Api => _cluster.Api;

    [Fact(DisplayName = "Taints are an atomic list: read, patch with resourceVersion, retry on 409")]
    public void A_write_on_an_old_version_is_a_conflict()
    {
        var seen = (Node)Api.Get("nodes", TestCluster.Key("node-0", ""));
        _cluster.Cordon("node-0");
        var wanted = seen with { Taints = [new Taint("mine", null, "NoSchedule")] };
        var refused = TestCluster.Refused(() => Api.Update("nodes", wanted, seen.Meta.ResourceVersion));
        (refused.Status, refused.Reason, refused.Kind, refused.Name).ShouldBe((409, "Conflict", "nodes", "node-0"));
        var again = (Node)Api.Get("nodes", TestCluster.Key("node-0", ""));
        ((Node)Api.Update("nodes", again with { Taints = wanted.Taints }, again.Meta.ResourceVersion)).Unschedulable.ShouldBeTrue();
    }

    [Fact]
    public void What_is_missing_or_there_already_is_said_in_the_servers_words()
    {
        var missing = TestCluster.Refused(() => Api.Get("deployments.apps", TestCluster.Key("web")));
        (missing.Status, missing.Reason, missing.Message, missing.Group, missing.Kind).ShouldBe((404, "NotFound", "deployments.apps \"web\" not found", "apps", "deployments"));
        TestCluster.Refused(() => Api.List("widgets.example.com", null)).Message.ShouldBe("the server could not find the requested resource");
        var config = new OpaqueObject { Meta = new ObjectMeta { Namespace = "default", Name = "settings" } };
        Api.Create("configmaps", config);
        TestCluster.Refused(() => Api.Create("configmaps", config)).ShouldSatisfyAllConditions(
            refused => refused.Status.ShouldBe(409),
            refused => refused.Reason.ShouldBe("AlreadyExists"),
            refused => refused.Message.ShouldBe("configmaps \"settings\" already exists"));
        TestCluster.Refused(() => Api.Create("configmaps", config with { Meta = config.Meta with { Namespace = "nowhere" } })).Message.ShouldBe("namespaces \"nowhere\" not found");
    }

    [Fact]
    public void The_server_owns_status_and_identity()
    {
        var made = (Pod)Api.Create("pods", new Pod
        {
            Meta = new ObjectMeta { Namespace = "default", Name = "one", Uid = "mine", Generation = 9 },
            Template = TestCluster.Template("one"),
            Phase = PodPhase.Running,
            Ready = true,
        });
        (made.Phase, made.Ready, made.Meta.Generation).ShouldBe((PodPhase.Pending, false, 1));
        made.Meta.Uid.ShouldNotBe("mine");
        made.Meta.Created.ShouldBe(_cluster.World.Now);
        var wanted = made with { Ready = true, Meta = made.Meta with { Annotations = made.Meta.Annotations.Add("note", "x") } };
        var updated = (Pod)Api.Update("pods", wanted, null);
        (updated.Ready, updated.Meta.Annotations["note"], updated.Meta.Uid).ShouldBe((false, "x", made.Meta.Uid));
        TestCluster.Refused(() => Api.Update("pods", updated with { NodeName = "node-0" }, null)).Status.ShouldBe(422);
    }

    [Fact]
    public void An_update_that_changes_nothing_makes_no_version()
    {
        var node = (Node)Api.Get("nodes", TestCluster.Key("node-0", ""));
        var version = _cluster.State.Version;
        Api.Update("nodes", node with { Taints = [], Meta = node.Meta with { Labels = node.Meta.Labels.Remove("none") } }, null).Meta.ResourceVersion.ShouldBe(node.Meta.ResourceVersion);
        _cluster.State.Version.ShouldBe(version);
    }

    [Fact]
    public void A_status_update_changes_the_status_only()
    {
        var web = _cluster.Deployment("web", 1);
        var updated = (Deployment)Api.Update("deployments.apps", web with { Replicas = 5, ReadyReplicas = 3 }, null, new UpdateOptions { Subresource = "status" });
        (updated.Replicas, updated.ReadyReplicas, updated.Meta.Generation).ShouldBe((1, 3, 1));
        _cluster.World.Log.Records[^1].Verb.ShouldBe("update deployments.apps/status");
    }

    [Fact]
    public void Dry_runs_change_nothing()
    {
        var version = _cluster.State.Version;
        Api.Create("configmaps", new OpaqueObject { Meta = new ObjectMeta { Namespace = "default", Name = "x" } }, dryRun: true);
        var node = (Node)Api.Get("nodes", TestCluster.Key("node-0", ""));
        ((Node)Api.Update("nodes", node with { Unschedulable = true }, null, new UpdateOptions { DryRun = true })).Unschedulable.ShouldBeTrue();
        Api.Delete("nodes", node.Meta.Key, new DeleteOptions { DryRun = true });
        _cluster.State.Version.ShouldBe(version);
        _cluster.World.Log.Records.ShouldAllBe(call => !call.Writes);
    }

    [Fact]
    public void Deleting_with_no_grace_removes_a_pod_at_once_and_a_shorter_grace_shortens()
    {
        _cluster.Deployment("web", 2);
        _cluster.Run(10);
        var pods = _cluster.Pods("web");
        Api.Delete("pods", pods[0].Meta.Key, new DeleteOptions { GraceSeconds = 0 });
        _cluster.State.Pods[pods[0].Meta.Key].ShouldBeNull();
        Api.Delete("pods", pods[1].Meta.Key, new DeleteOptions { GraceSeconds = 100 });
        Api.Delete("pods", pods[1].Meta.Key, new DeleteOptions { GraceSeconds = 200 });
        _cluster.Pod(pods[1].Meta.Name).Meta.DeletionGraceSeconds.ShouldBe(100);
        Api.Delete("pods", pods[1].Meta.Key, new DeleteOptions { GraceSeconds = 1 });
        _cluster.Run(1.5);
        _cluster.State.Pods[pods[1].Meta.Key].ShouldBeNull();
    }

    [Fact]
    public void Finalizers_hold_what_is_deleted()
    {
        var held = new OpaqueObject { Meta = new ObjectMeta { Namespace = "default", Name = "held", Finalizers = ["example.com/hold"] } };
        Api.Create("configmaps", held);
        var dying = Api.Delete("configmaps", held.Meta.Key);
        dying.Meta.DeletionTimestamp.ShouldBe(_cluster.World.Now);
        Api.Update("configmaps", dying with { Meta = dying.Meta with { Finalizers = [] } }, null);
        TestCluster.Refused(() => Api.Get("configmaps", held.Meta.Key)).Status.ShouldBe(404);
    }

    [Fact]
    public void A_planned_fault_after_success_has_happened_and_one_before_has_not()
    {
        _cluster.World.Faults.Next("delete nodes", WorldFaultKind.TimeoutBefore);
        Should.Throw<WorldFaultException>(() => Api.Delete("nodes", TestCluster.Key("node-0", "")));
        _cluster.State.Nodes.Count.ShouldBe(2);
        _cluster.World.Faults.Next("delete nodes", WorldFaultKind.TimeoutAfterSuccess);
        Should.Throw<WorldFaultException>(() => Api.Delete("nodes", TestCluster.Key("node-0", "")));
        _cluster.State.Nodes.Count.ShouldBe(1);
    }

    [Fact]
    public void Lists_come_in_the_order_of_their_keys_and_by_namespace()
    {
        foreach (var (ns, name) in ((string, string)[])[("kube-system", "a"), ("default", "b"), ("default", "a")])
        {
            Api.Create("configmaps", new OpaqueObject { Meta = new ObjectMeta { Namespace = ns, Name = name } });
        }

        Api.List("configmaps", null).Select(one => one.Meta.Key.ToString()).ShouldBe(["default/a", "default/b", "kube-system/a"]);
        Api.List("configmaps", "kube-system").Count.ShouldBe(1);
    }
}
