using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class DrainClassifierTests
{
    private static readonly ClusterView Owners = View(Owner("cart", 3), Owner("agent", 3, "DaemonSet"), Owner("work", 1, "Job"));

    [Fact]
    public void A_pod_of_a_controller_is_evicted() => Of(Pod("a")).ShouldBe(new DrainVerdict(DrainDisposition.Evict, DrainClass.Normal));

    [Fact]
    public void A_mirror_pod_is_left_alone() => Of(Pod("a") with { Mirror = true, Owner = null }).Disposition.ShouldBe(DrainDisposition.Leave);

    [Fact]
    public void A_daemon_pod_is_left_alone_even_while_it_ends() =>
        Of(Pod("a", owner: "agent", kind: "DaemonSet") with { DeletionDue = Now }).Disposition.ShouldBe(DrainDisposition.Leave);

    [Fact]
    public void A_daemon_pod_whose_owner_is_gone_blocks_as_kubectl_has_it()
    {
        var verdict = Of(Pod("a", owner: "gone", kind: "DaemonSet"));
        verdict.Disposition.ShouldBe(DrainDisposition.Blocked);
        verdict.Reason!.Code.ShouldBe(DisruptionCodes.OwnerGone);
        verdict.Reason.Object.ShouldBe("pod shop/a");
        verdict.Reason.Node.ShouldBe("old-1");
    }

    [Theory]
    [InlineData(PodPhase.Succeeded)]
    [InlineData(PodPhase.Failed)]
    public void A_finished_pod_needs_no_eviction_even_without_owner_and_with_local_data(PodPhase phase) =>
        Of(Pod("a") with { Phase = phase, Owner = null, EmptyDir = true }, Policy with { DeleteEmptyDirData = false }).Disposition.ShouldBe(DrainDisposition.Finished);

    [Fact]
    public void A_pod_that_ends_is_not_evicted_again() => Of(Pod("a") with { DeletionDue = Now, Owner = null }).Disposition.ShouldBe(DrainDisposition.Terminating);

    [Fact]
    public void A_bare_pod_blocks_and_names_the_cure()
    {
        var verdict = Of(Pod("a") with { Owner = null });
        verdict.Disposition.ShouldBe(DrainDisposition.Blocked);
        verdict.Reason!.Code.ShouldBe(DisruptionCodes.BarePod);
        verdict.Reason.Cure!.ShouldContain("kubectl delete pod -n shop a");
    }

    [Theory]
    [InlineData("ReplicaSet", DrainDisposition.Blocked)]
    [InlineData("StatefulSet", DrainDisposition.Blocked)]
    [InlineData("Job", DrainDisposition.Blocked)]
    [InlineData("CloneSet", DrainDisposition.Evict)]
    public void An_owner_counts_as_gone_only_where_the_view_holds_its_kind(string kind, DrainDisposition expected) =>
        Of(Pod("a", owner: "unseen", kind: kind)).Disposition.ShouldBe(expected);

    [Fact]
    public void Local_data_is_lost_knowingly_or_blocks()
    {
        var pod = Pod("a") with { EmptyDir = true };
        Of(pod).ShouldBe(new DrainVerdict(DrainDisposition.Evict, DrainClass.Normal, null, LosesLocalData: true));
        var kept = Of(pod, Policy with { DeleteEmptyDirData = false });
        kept.Disposition.ShouldBe(DrainDisposition.Blocked);
        kept.Reason!.Code.ShouldBe(DisruptionCodes.LocalData);
        kept.LosesLocalData.ShouldBeFalse();
    }

    [Theory]
    [InlineData("karpenter.sh/do-not-disrupt", "true", DrainDisposition.Blocked)]
    [InlineData("karpenter.sh/do-not-disrupt", "30m", DrainDisposition.Blocked)]
    [InlineData("karpenter.sh/do-not-disrupt", "false", DrainDisposition.Evict)]
    [InlineData("cluster-autoscaler.kubernetes.io/safe-to-evict", "false", DrainDisposition.Blocked)]
    [InlineData("cluster-autoscaler.kubernetes.io/safe-to-evict", "true", DrainDisposition.Evict)]
    public void Annotations_that_forbid_a_move_are_heeded(string annotation, string value, DrainDisposition expected)
    {
        var verdict = Of(Pod("a") with { Annotations = Labels((annotation, value)) });
        verdict.Disposition.ShouldBe(expected);
        if (expected == DrainDisposition.Blocked)
        {
            verdict.Reason!.Cure.ShouldBe($"kubectl annotate pod -n shop a {annotation}-");
        }
    }

    [Fact]
    public void A_pod_to_be_waited_for_is_neither_evicted_nor_blocked()
    {
        var policy = Policy with { DrainRules = [Rule(DrainClass.WaitForCompletion, null, ("role", "driver"))] };
        var driver = Pod("driver") with { Owner = null, Labels = Labels(("role", "driver")), Annotations = Labels(("karpenter.sh/do-not-disrupt", "true")) };
        var verdict = Of(driver, policy);
        verdict.Disposition.ShouldBe(DrainDisposition.WaitForCompletion);
        verdict.Reason!.Code.ShouldBe(DisruptionCodes.WaitForCompletion);
        Of(driver with { Phase = PodPhase.Succeeded }, policy).Disposition.ShouldBe(DrainDisposition.Finished);
    }

    [Fact]
    public void The_first_matching_rule_gives_the_class_and_every_label_must_match()
    {
        var policy = Policy with
        {
            DrainRules = [Rule(DrainClass.WaitForCompletion, "other", ("app", "cart")), Rule(DrainClass.WaitForCompletion, "shop", ("app", "cart"), ("role", "db")), Rule(DrainClass.Last, "shop", ("app", "cart")), Rule(DrainClass.Normal, null, ("app", "cart"))],
        };
        Of(Pod("a"), policy).ShouldBe(new DrainVerdict(DrainDisposition.Evict, DrainClass.Last));
    }

    private static DrainVerdict Of(Pod pod, RotationPolicy? policy = null) => DrainClassifier.Classify(pod, policy ?? Policy, Owners);

    private static DrainRule Rule(DrainClass drainClass, string? @namespace, params (string, string)[] labels) =>
        new() { Class = drainClass, Namespace = @namespace, MatchLabels = Labels(labels) };
}
