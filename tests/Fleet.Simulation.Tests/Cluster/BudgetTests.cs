using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>Specifying a Disruption Budget for your Application, sentence by sentence.</summary>
public sealed class BudgetTests
{
    [Theory(DisplayName = "minAvailable or maxUnavailable, absolute or % (rounded up)")]
    [InlineData(7, "5", null, 5, 2)]
    [InlineData(7, "50%", null, 4, 3)]
    [InlineData(7, null, "2", 5, 2)]
    [InlineData(7, null, "30%", 4, 3)]
    [InlineData(1, null, "1%", 0, 1)]
    [InlineData(3, "100%", null, 3, 0)]
    [InlineData(2, null, "0", 2, 0)]
    public void Limits_are_counts_or_percentages(int replicas, string? least, string? most, int desired, int allowed)
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", replicas);
        cluster.Budget("web", least, most);
        cluster.Run(10);
        var budget = cluster.Budget("web");
        (budget.ExpectedPods, budget.CurrentHealthy, budget.DesiredHealthy, budget.DisruptionsAllowed).ShouldBe((replicas, replicas, desired, allowed));
        budget.Reason.ShouldBe(allowed > 0 ? "SufficientPods" : "InsufficientPods");
        budget.ObservedGeneration.ShouldBe(budget.Meta.Generation);
    }

    [Fact(DisplayName = "the expected count comes from the owners' scale")]
    public void The_expected_count_is_the_owners_scale()
    {
        var cluster = new TestCluster().Nodes(1, milliCpu: 500);
        cluster.Deployment("web", 8);
        cluster.Budget("web", maxUnavailable: "50%");
        cluster.Run(10);
        var budget = cluster.Budget("web");
        (budget.ExpectedPods, budget.CurrentHealthy, budget.DesiredHealthy, budget.DisruptionsAllowed).ShouldBe((8, 5, 4, 1), "three of eight find no room");
        cluster.Api.Update("deployments.apps", cluster.State.Deployments[TestCluster.Key("web")]! with { Replicas = 10 }, null);
        cluster.Run(1);
        cluster.Budget("web").ExpectedPods.ShouldBe(10);
    }

    [Theory(DisplayName = "over pods whose owner has no scale subresource a percentage or maxUnavailable budget ends in SyncFailed with 0 allowed")]
    [InlineData("50%", null, "SyncFailed", 0)]
    [InlineData(null, "1", "SyncFailed", 0)]
    [InlineData("1", null, "SufficientPods", 2)]
    public void Owners_without_scale_fail_relative_budgets(string? least, string? most, string reason, int allowed)
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.DaemonSet("agent");
        cluster.Budget("agent", least, most);
        cluster.Run(10);
        (cluster.Budget("agent").Reason, cluster.Budget("agent").DisruptionsAllowed).ShouldBe((reason, allowed));
    }

    [Fact(DisplayName = "status.disruptionsAllowed lags by a moment")]
    public void The_status_lags()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 3);
        cluster.Budget("web", minAvailable: "2");
        cluster.Run(10);
        var pod = cluster.Pods("web")[0];
        cluster.Api.Delete("pods", pod.Meta.Key);
        cluster.Budget("web").DisruptionsAllowed.ShouldBe(1, "a deletion goes past the budget, which has not yet seen it");
        cluster.Run(0.1);
        cluster.Budget("web").DisruptionsAllowed.ShouldBe(0);
        cluster.Run(10);
        cluster.Budget("web").DisruptionsAllowed.ShouldBe(1);
    }

    [Fact(DisplayName = "Owners without any budget are protected by nobody: parallel drains can take every replica at once")]
    public void Nobody_protects_owners_without_a_budget()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("web", 3);
        cluster.Run(10);
        foreach (var pod in cluster.Pods("web"))
        {
            cluster.Api.Evict(pod.Meta.Key);
        }

        cluster.Run(1);
        cluster.Pods("web").Count(pod => pod.IsActive && pod.Ready).ShouldBe(0);
    }

    [Fact]
    public void A_null_selector_matches_nothing_and_an_empty_one_the_whole_namespace()
    {
        var cluster = new TestCluster().Nodes(1);
        cluster.Bare("one", "a", "node-0", PodPhase.Running, ready: true);
        var budget = cluster.Budget("none", minAvailable: "1");
        cluster.State.Budgets.Put(budget with { Selector = null });
        cluster.State.Budgets.Put(budget with { Meta = budget.Meta with { Name = "all", Uid = "" }, Selector = new LabelSelector() });
        cluster.Run(1);
        (cluster.Budget("none").CurrentHealthy, cluster.Budget("all").CurrentHealthy).ShouldBe((0, 1));
    }

    [Fact]
    public void A_budget_that_permits_nothing_permits_when_the_unready_pod_recovers()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.State.ControlPlane.Faults.KeepUnready(pod => pod.Meta.Name == "db-1", TestCluster.Start, TestCluster.Start.AddMinutes(5));
        cluster.StatefulSet("db", 3, parallel: true);
        cluster.Budget("db", maxUnavailable: "1");
        cluster.Run(60);
        cluster.Budget("db").DisruptionsAllowed.ShouldBe(0);
        TestCluster.Refused(() => cluster.Api.Evict(TestCluster.Key("db-0"))).Status.ShouldBe(429);
        cluster.Run(241);
        cluster.Budget("db").DisruptionsAllowed.ShouldBe(1);
        Should.NotThrow(() => cluster.Api.Evict(TestCluster.Key("db-0")));
    }

    [Fact]
    public void Only_a_changed_limit_counts_as_a_new_generation()
    {
        var cluster = new TestCluster();
        cluster.Budget("web", minAvailable: "1");
        cluster.Run(1);
        var budget = cluster.Budget("web");
        var labelled = (PodDisruptionBudget)cluster.Api.Update("poddisruptionbudgets.policy", budget with { Meta = budget.Meta with { Labels = budget.Meta.Labels.Add("team", "web") } }, null);
        labelled.Meta.Generation.ShouldBe(1);
        var changed = (PodDisruptionBudget)cluster.Api.Update("poddisruptionbudgets.policy", labelled with { MinAvailable = "2", DisruptionsAllowed = 99 }, null, new UpdateOptions { Verb = "patch" });
        (changed.Meta.Generation, changed.DisruptionsAllowed).ShouldBe((2, 0), "a client cannot write the status");
    }
}
