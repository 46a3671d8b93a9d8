using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>API-initiated Eviction, sentence by sentence.</summary>
public sealed class EvictionTests
{
    private const string TooMany = "Cannot evict pod as it would violate the pod's disruption budget.";

    [Fact(DisplayName = "Any 2xx = deletion under way with grace (servers answer 201)")]
    public void Success_is_a_deletion_under_way()
    {
        var cluster = Web(2);
        var pod = cluster.Pods("web")[0];
        cluster.Api.Evict(pod.Meta.Key);
        cluster.World.Log.Records[^1].ShouldSatisfyAllConditions(
            call => call.Verb.ShouldBe("create pods/eviction"),
            call => call.Subject.ShouldBe(pod.Meta.Key.ToString()),
            call => call.Answer.ShouldBe(201));
        var dying = cluster.Pod(pod.Meta.Name);
        dying.Meta.DeletionTimestamp.ShouldBe(cluster.World.Now.AddSeconds(30));
        dying.Meta.DeletionGraceSeconds.ShouldBe(30);
        dying.Ready.ShouldBeTrue("its containers still run");
    }

    [Fact(DisplayName = "429 = budget would break")]
    public void A_budget_that_would_break_refuses()
    {
        var cluster = Web(2, minAvailable: "2");
        var refused = TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key));
        (refused.Status, refused.Reason, refused.Message, refused.RetryAfterSeconds).ShouldBe((429, "TooManyRequests", TooMany, 0));
        refused.Causes.ShouldBe([new StatusCause("DisruptionBudget", "The disruption budget web needs 2 healthy pods and has 2 currently")]);
        cluster.Pods("web").ShouldAllBe(pod => pod.IsActive);
        cluster.World.Log.Records[^1].Applied.ShouldBeFalse();
    }

    [Fact(DisplayName = "a stale budget, observedGeneration behind, gives a 10 s hint")]
    public void A_stale_budget_gives_a_hint()
    {
        var cluster = Web(3, minAvailable: "1");
        cluster.Api.Update("poddisruptionbudgets.policy", cluster.Budget("web") with { MinAvailable = "2" }, null);
        var refused = TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key));
        (refused.Status, refused.RetryAfterSeconds).ShouldBe((429, 10));
        refused.Causes.ShouldBe([new StatusCause("DisruptionBudget", "The disruption budget web is still being processed by the server.")]);
        cluster.Run(1);
        cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key);
    }

    [Fact(DisplayName = "500 = more than one budget selects the pod, permanent")]
    public void Two_budgets_on_a_pod_are_an_error_for_ever()
    {
        var cluster = Web(3, minAvailable: "1");
        cluster.Budget("web", minAvailable: "1", name: "again");
        cluster.Run(1);
        for (var i = 0; i < 2; i++)
        {
            var refused = TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key));
            (refused.Status, refused.Reason).ShouldBe((500, ""));
            refused.Message.ShouldBe("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
            cluster.Run(60);
        }
    }

    [Fact(DisplayName = "403 = disruptionsAllowed below 0")]
    public void A_negative_budget_is_forbidden()
    {
        var cluster = Web(2, minAvailable: "1");
        cluster.State.Budgets.Put(cluster.Budget("web") with { DisruptionsAllowed = -1 });
        var refused = TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key));
        (refused.Status, refused.Reason).ShouldBe((403, "Forbidden"));
        refused.Message.ShouldEndWith("is forbidden: pdb disruptions allowed is negative");
    }

    [Theory(DisplayName = "403 = more than 2,000 entries in disruptedPods")]
    [InlineData(2000, false)]
    [InlineData(2001, true)]
    public void Too_many_unconfirmed_evictions_are_forbidden(int entries, bool forbidden)
    {
        var cluster = Web(2, minAvailable: "1");
        var budget = cluster.Budget("web");
        var disrupted = Enumerable.Range(0, entries).ToDictionary(i => $"other-{i}", _ => cluster.World.Now);
        cluster.State.Budgets.Put(budget with { DisruptedPods = budget.DisruptedPods.AddRange(disrupted) });
        var evict = () => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key);
        if (forbidden)
        {
            TestCluster.Refused(evict).Message.ShouldEndWith("DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        else
        {
            evict.ShouldNotThrow();
        }
    }

    [Fact(DisplayName = "403 = missing right")]
    public void A_missing_right_is_forbidden()
    {
        var cluster = Web(2);
        cluster.World.Faults.Deny("create pods/eviction", "tester");
        Should.Throw<Fleet.Simulation.Calls.WorldFaultException>(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key)).Kind.ShouldBe(Fleet.Simulation.Calls.WorldFaultKind.Denied);
        cluster.World.Log.Records[^1].Answer.ShouldBe(403);
    }

    [Fact(DisplayName = "404, 409 = gone, or another pod of that name")]
    public void Gone_or_another_pod_of_that_name()
    {
        var cluster = Web(2);
        TestCluster.Refused(() => cluster.Api.Evict(TestCluster.Key("nobody"))).Status.ShouldBe(404);
        var pod = cluster.Pods("web")[0];
        var refused = TestCluster.Refused(() => cluster.Api.Evict(pod.Meta.Key, new EvictOptions { Uid = "another" }));
        (refused.Status, refused.Reason).ShouldBe((409, "Conflict"));
        refused.Message.ShouldContain($"Precondition failed: UID in precondition: another, UID in object meta: {pod.Meta.Uid}");
    }

    [Fact(DisplayName = "Preconditions (uid) make an eviction hit only the pod that was looked at")]
    public void A_uid_hits_only_the_pod_that_was_looked_at()
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.StatefulSet("db", 1);
        cluster.Run(10);
        var looked = cluster.Pod("db-0").Meta.Uid;
        cluster.Api.Evict(TestCluster.Key("db-0"), new EvictOptions { Uid = looked });
        cluster.Run(10);
        TestCluster.Refused(() => cluster.Api.Evict(TestCluster.Key("db-0"), new EvictOptions { Uid = looked })).Status.ShouldBe(409);
        cluster.Pod("db-0").IsActive.ShouldBeTrue();
    }

    [Theory(DisplayName = "Succeeded, Failed, Pending and terminating pods pass without a budget")]
    [InlineData(PodPhase.Succeeded, false)]
    [InlineData(PodPhase.Failed, false)]
    [InlineData(PodPhase.Pending, false)]
    [InlineData(PodPhase.Running, true)]
    public void Pods_that_disrupt_nothing_pass(PodPhase phase, bool terminating)
    {
        var cluster = new TestCluster().Nodes(1, milliCpu: 0);
        var pod = cluster.Bare("one", "web", phase == PodPhase.Pending ? null : "node-0", phase);
        cluster.Budget("web", minAvailable: "1");
        cluster.Run(1);
        if (terminating)
        {
            cluster.Api.Delete("pods", pod.Meta.Key);
        }

        cluster.Budget("web").DisruptionsAllowed.ShouldBe(0);
        Should.NotThrow(() => cluster.Api.Evict(pod.Meta.Key));
        cluster.Budget("web").DisruptedPods.ShouldBeEmpty();
    }

    [Theory(DisplayName = "An unready pod passes if the budget says unhealthyPodEvictionPolicy: AlwaysAllow, or while currentHealthy ≥ desiredHealthy > 0")]
    [InlineData("AlwaysAllow", "3", true)]
    [InlineData(null, "3", false)]
    [InlineData(null, "2", true)]
    [InlineData("IfHealthyBudget", "2", true)]
    [InlineData(null, "0", true)]
    public void An_unready_pod_passes_where_it_may(string? policy, string least, bool passes)
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 3);
        cluster.Budget("web", minAvailable: least, unhealthy: policy);
        cluster.Run(10);
        var sick = cluster.Pods("web")[0];
        cluster.State.ControlPlane.Faults.KeepUnready(sick.Meta.Key, cluster.World.Now, null);
        cluster.Run(1);
        cluster.Pod(sick.Meta.Name).Ready.ShouldBeFalse();
        var evict = () => cluster.Api.Evict(sick.Meta.Key);
        if (passes)
        {
            evict.ShouldNotThrow();
            cluster.Budget("web").DisruptedPods.IsEmpty.ShouldBe(least != "0", "only a pod that is charged to the budget is written down");
        }
        else
        {
            TestCluster.Refused(evict).Status.ShouldBe(429);
        }
    }

    [Fact(DisplayName = "dryRun: [\"All\"] is honoured, but each dry run is judged alone: ten pass against one allowed disruption")]
    public void Dry_runs_are_judged_alone()
    {
        var cluster = Web(10, minAvailable: "9");
        foreach (var pod in cluster.Pods("web"))
        {
            cluster.Api.Evict(pod.Meta.Key, new EvictOptions { DryRun = true });
        }

        cluster.Budget("web").DisruptionsAllowed.ShouldBe(1);
        cluster.Pods("web").ShouldAllBe(pod => pod.IsActive);
        cluster.World.Log.Records.Where(call => call.Verb == "create pods/eviction").ShouldAllBe(call => !call.Writes && call.Answer == 201);
        cluster.State.Budgets.Put(cluster.Budget("web") with { DisruptionsAllowed = 0 });
        TestCluster.Refused(() => cluster.Api.Evict(cluster.Pods("web")[0].Meta.Key, new EvictOptions { DryRun = true })).Status.ShouldBe(429);
    }

    [Fact]
    public void The_server_itself_takes_an_eviction_off_what_is_allowed()
    {
        var cluster = Web(3, minAvailable: "1");
        var pods = cluster.Pods("web");
        cluster.Api.Evict(pods[0].Meta.Key);
        cluster.Budget("web").DisruptionsAllowed.ShouldBe(1);
        cluster.Api.Evict(pods[1].Meta.Key);
        cluster.Budget("web").DisruptionsAllowed.ShouldBe(0);
        TestCluster.Refused(() => cluster.Api.Evict(pods[2].Meta.Key)).Status.ShouldBe(429);
    }

    [Fact(DisplayName = "entries of disruptedPods expire after 2 min")]
    public void Grants_that_came_to_nothing_expire()
    {
        var cluster = Web(2, minAvailable: "1");
        var pod = cluster.Pods("web")[0];
        TestCluster.Refused(() => cluster.Api.Evict(pod.Meta.Key, new EvictOptions { Uid = "another" })).Status.ShouldBe(409);
        cluster.Run(119);
        cluster.Budget("web").DisruptedPods.ShouldContainKey(pod.Meta.Name);
        TestCluster.Refused(() => cluster.Api.Evict(pod.Meta.Key)).Causes[0].Message.ShouldBe("The disruption budget web needs 1 healthy pods and has 1 currently");
        cluster.Run(2);
        cluster.Budget("web").DisruptedPods.ShouldBeEmpty();
        Should.NotThrow(() => cluster.Api.Evict(pod.Meta.Key));
    }

    [Fact(DisplayName = "Past grace plus a minute with all containers ended, a finalizer, not the pod, is what blocks")]
    public void A_finalizer_holds_a_pod_whose_containers_have_ended()
    {
        var cluster = new TestCluster().Nodes(1);
        var pod = cluster.Bare("held", "held", "node-0", PodPhase.Running, ready: true, one => one with { Meta = one.Meta with { Finalizers = ["example.com/hold"] } });
        cluster.Api.Evict(pod.Meta.Key);
        cluster.Run(120);
        var held = cluster.Pod("held");
        (held.ContainersEnded, held.Ready).ShouldBe((true, false));
        cluster.Api.Update("pods", held with { Meta = held.Meta with { Finalizers = [] } }, held.Meta.ResourceVersion);
        cluster.State.Pods[pod.Meta.Key].ShouldBeNull();
    }

    [Fact]
    public void A_grace_longer_than_the_containers_need_does_not_hold_them()
    {
        var cluster = new TestCluster().Nodes(1);
        var pod = cluster.Bare("slow", "slow", "node-0", PodPhase.Running, ready: true, one => one with { Template = one.Template with { GraceSeconds = 20, StopSeconds = 60 } });
        cluster.Api.Evict(pod.Meta.Key);
        cluster.Run(19);
        cluster.Pod("slow");
        cluster.Run(2);
        cluster.State.Pods[pod.Meta.Key].ShouldBeNull("killed at the end of its grace");
    }

    [Fact(DisplayName = "mirror (static) pods come again when they are evicted")]
    public void A_mirror_pod_comes_again()
    {
        var cluster = new TestCluster().Nodes(1);
        var pod = cluster.Bare("etcd-node-0", "etcd", "node-0", PodPhase.Running, ready: true, one => one with { Mirror = true });
        cluster.Api.Evict(pod.Meta.Key);
        cluster.Run(5);
        cluster.Pod("etcd-node-0").Meta.Uid.ShouldNotBe(pod.Meta.Uid);
    }

    private static TestCluster Web(int replicas, string? minAvailable = null)
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", replicas);
        if (minAvailable is not null)
        {
            cluster.Budget("web", minAvailable);
        }

        return cluster.Run(10);
    }
}
