using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

public sealed class WorkloadTests
{
    [Fact]
    public void A_deployment_makes_its_pods_and_they_become_ready()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 4);
        cluster.Run(3);
        cluster.Pods("web").Count(pod => pod.NodeName is not null && pod.Phase == PodPhase.Running && !pod.Ready).ShouldBe(4);
        cluster.Run(5);
        cluster.Pods("web").Count(pod => pod.Ready).ShouldBe(4);
        var web = cluster.State.Deployments[TestCluster.Key("web")]!;
        (web.Current, web.ReadyReplicas, web.ObservedGeneration).ShouldBe((4, 4, 1));
    }

    [Fact]
    public void A_deleted_pod_is_replaced_and_the_replacement_names_it()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 2);
        cluster.Run(10);
        var victim = cluster.Pods("web")[0];
        cluster.Api.Delete("pods", victim.Meta.Key);
        cluster.Run(1);
        cluster.Pod(victim.Meta.Name).Meta.DeletionTimestamp.ShouldBe(cluster.World.Now + TimeSpan.FromSeconds(29), "30 s of grace from the request, 1 s ago");
        cluster.Run(10);
        cluster.State.Pods[victim.Meta.Key].ShouldBeNull("its containers ended after 2 s");
        var pods = cluster.Pods("web");
        pods.Count.ShouldBe(2);
        pods.Single(pod => pod.ReplacesUid is not null).ReplacesUid.ShouldBe(victim.Meta.Uid);
    }

    [Fact]
    public void Scaling_down_removes_pods_that_nobody_replaces()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 4);
        cluster.Run(10);
        var web = cluster.State.Deployments[TestCluster.Key("web")]!;
        cluster.Api.Update("deployments.apps", web with { Replicas = 2 }, web.Meta.ResourceVersion);
        cluster.Run(10);
        cluster.Pods("web").Count.ShouldBe(2);
        web = cluster.State.Deployments[TestCluster.Key("web")]!;
        web.Meta.Generation.ShouldBe(2);
        cluster.Api.Update("deployments.apps", web with { Replicas = 3 }, null);
        cluster.Run(10);
        cluster.Pods("web").Count.ShouldBe(3);
        cluster.Pods("web").ShouldAllBe(pod => pod.ReplacesUid == null);
    }

    [Fact]
    public void A_new_template_rolls_the_deployment_within_surge_and_unavailable()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 4);
        cluster.Run(10);
        var least = int.MaxValue;
        cluster.State.Changed += _ => least = Math.Min(least, cluster.Pods("web").Count(pod => pod.Ready && pod.IsActive));
        var web = cluster.State.Deployments[TestCluster.Key("web")]!;
        cluster.Api.Update("deployments.apps", web with { Template = web.Template with { Image = "web:2" } }, null);
        cluster.Run(60);
        var pods = cluster.Pods("web");
        pods.Count.ShouldBe(4);
        pods.ShouldAllBe(pod => pod.Template.Image == "web:2" && pod.Ready);
        least.ShouldBe(3);
        cluster.State.ReplicaSets.Count.ShouldBe(2);
    }

    [Fact]
    public void A_stateful_set_starts_its_pods_in_order_each_after_the_one_before_is_ready()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.StatefulSet("db", 3);
        cluster.Run(3);
        cluster.Pods("db").Select(pod => pod.Meta.Name).ShouldBe(["db-0"]);
        cluster.Run(6);
        cluster.Pods("db").Select(pod => pod.Meta.Name).ShouldBe(["db-0", "db-1"]);
        cluster.Run(20);
        cluster.Pods("db").Count(pod => pod.Ready).ShouldBe(3);
    }

    [Fact]
    public void A_parallel_stateful_set_starts_all_pods_at_once()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.StatefulSet("db", 3, parallel: true);
        cluster.Run(1);
        cluster.Pods("db").Count.ShouldBe(3);
    }

    [Fact]
    public void A_stateful_pod_comes_again_under_its_name_only_when_the_old_one_is_gone()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.StatefulSet("db", 2);
        cluster.Run(30);
        var old = cluster.Pod("db-1");
        cluster.Api.Evict(old.Meta.Key);
        cluster.Run(1);
        cluster.Pod("db-1").Meta.Uid.ShouldBe(old.Meta.Uid);
        cluster.Run(3);
        cluster.Pod("db-1").Meta.Uid.ShouldNotBe(old.Meta.Uid);
        cluster.Pod("db-1").ReplacesUid.ShouldBe(old.Meta.Uid);
    }

    [Fact]
    public void A_daemon_set_has_one_pod_on_each_node_cordoned_ones_included()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Cordon("node-1");
        cluster.DaemonSet("agent");
        cluster.Run(10);
        cluster.Pods("agent").Select(pod => pod.NodeName).Order().ShouldBe(["node-0", "node-1", "node-2"]);
        cluster.Node("node-3");
        cluster.Run(10);
        cluster.Pods("agent").Count(pod => pod.Ready).ShouldBe(4);
        var agent = cluster.State.DaemonSets[TestCluster.Key("agent")]!;
        (agent.Replicas, agent.ReadyReplicas).ShouldBe((4, 4));
    }

    [Fact]
    public void A_job_runs_until_enough_pods_have_succeeded_and_replaces_an_evicted_one()
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.State.Jobs.Put(new Job
        {
            Meta = new ObjectMeta { Namespace = "default", Name = "report" },
            Selector = LabelSelector.Of("app", "report"),
            Template = TestCluster.Template("report") with { RunSeconds = 60 },
            Completions = 2,
        });
        cluster.Run(20);
        var first = cluster.Pods("report").ShouldHaveSingleItem();
        cluster.Api.Evict(first.Meta.Key);
        cluster.Run(5);
        cluster.Pods("report").ShouldHaveSingleItem().ReplacesUid.ShouldBe(first.Meta.Uid);
        cluster.Run(200);
        cluster.Pods("report").Count(pod => pod.Phase == PodPhase.Succeeded).ShouldBe(2);
        cluster.State.Jobs[TestCluster.Key("report")]!.Succeeded.ShouldBe(2);
    }

    [Theory]
    [InlineData(Propagation.Background)]
    [InlineData(Propagation.Foreground)]
    public void Deleting_a_deployment_takes_its_replica_sets_and_pods_along(Propagation propagation)
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.Deployment("web", 3);
        cluster.Run(10);
        cluster.Api.Delete("deployments.apps", TestCluster.Key("web"), new DeleteOptions { Propagation = propagation });
        (cluster.State.Deployments.Count == 0).ShouldBe(propagation == Propagation.Background);
        cluster.Run(10);
        (cluster.State.Deployments.Count, cluster.State.ReplicaSets.Count, cluster.State.Pods.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void Orphaning_a_deployment_leaves_its_replica_set_and_pods()
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.Deployment("web", 3);
        cluster.Run(10);
        cluster.Api.Delete("deployments.apps", TestCluster.Key("web"), new DeleteOptions { Propagation = Propagation.Orphan });
        cluster.Run(10);
        cluster.State.Deployments.Count.ShouldBe(0);
        cluster.State.ReplicaSets.Objects.ShouldHaveSingleItem().Meta.Owners.ShouldBeEmpty();
        cluster.State.Pods.Count.ShouldBe(3);
    }

    [Fact]
    public void A_terminating_namespace_is_emptied_and_takes_nothing_new()
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.Deployment("web", 2);
        cluster.Run(10);
        cluster.Api.Delete("namespaces", new ObjectKey("", "default"));
        var refused = TestCluster.Refused(() => cluster.Api.Create("configmaps", new OpaqueObject { Meta = new ObjectMeta { Namespace = "default", Name = "x" } }));
        (refused.Status, refused.Causes[0].Reason).ShouldBe((403, "NamespaceTerminating"));
        TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key)).Status.ShouldBe(403);
        cluster.Run(10);
        cluster.State.Namespaces[new ObjectKey("", "default")].ShouldBeNull();
        cluster.State.Pods.Count.ShouldBe(0);
    }
}
