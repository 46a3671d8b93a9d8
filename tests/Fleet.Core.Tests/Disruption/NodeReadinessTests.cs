using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class NodeReadinessTests
{
    private static readonly Node New = Node("new-1") with { ReadySince = Now.AddSeconds(-30), CsiDrivers = ["ebs.csi.aws.com"] };
    private static readonly Owner Agent = Owner("agent", 3, "DaemonSet") with { DaemonTemplate = Pod("template", owner: "agent") };
    private static readonly Pod AgentPod = Pod("agent-x", "new-1", "agent", "DaemonSet");

    [Fact]
    public void A_node_with_all_that_the_old_ones_have_is_proven() => Check(New, Agent, AgentPod).Proven.ShouldBeTrue();

    [Fact]
    public void It_must_have_been_ready_for_a_while()
    {
        var proof = Check(New with { ReadySince = Now.AddSeconds(-10) }, Agent, AgentPod);
        proof.Reason!.Code.ShouldBe(DisruptionCodes.MinReady);
        proof.Reason.Limit.ShouldBe("minReadySeconds 30");
        proof.ProvenAt.ShouldBe(Now.AddSeconds(20));
    }

    [Fact]
    public void Each_thing_that_misses_is_named()
    {
        Code(New with { Ready = false }).ShouldBe(DisruptionCodes.NodeNotReady);
        Code(New with { Unschedulable = true }).ShouldBe(DisruptionCodes.NodeCordoned);
        Code(New with { Allocatable = Resources.None }).ShouldBe(DisruptionCodes.NotRegistered);
        Code(New with { CsiDrivers = [] }).ShouldBe(DisruptionCodes.CsiDriverMissing);
        Code(New, Agent).ShouldBe(DisruptionCodes.DaemonPodNotReady);
        Code(New, Agent, AgentPod with { Ready = false }).ShouldBe(DisruptionCodes.DaemonPodNotReady);
        Code(New, Agent, AgentPod with { DeletionDue = Now }).ShouldBe(DisruptionCodes.DaemonPodNotReady);
    }

    [Theory]
    [InlineData("node.cloudprovider.kubernetes.io/uninitialized", true)]
    [InlineData("node.kubernetes.io/not-ready", true)]
    [InlineData("node.cilium.io/agent-not-ready", true)]
    [InlineData("startup-taint.cluster-autoscaler.kubernetes.io/gpu", true)]
    [InlineData("example.com/starting", true)]
    [InlineData("dedicated", false)]
    public void Startup_taints_must_be_gone_and_others_may_stay(string key, bool startup)
    {
        var node = New with { Taints = [new(key, null, "NoSchedule")] };
        var proof = NodeReadiness.Check(node, View(node), Policy with { StartupTaints = ["example.com/starting"] }, new HashSet<string>(), Now);
        proof.Reason?.Code.ShouldBe(DisruptionCodes.StartupTaint);
        proof.Proven.ShouldBe(!startup);
    }

    [Fact]
    public void A_daemon_set_that_does_not_select_the_node_is_not_due()
    {
        var elsewhere = Agent with { DaemonTemplate = Agent.DaemonTemplate! with { NodeSelector = Labels(("gpu", "yes")) } };
        Check(New, elsewhere).Proven.ShouldBeTrue();
        var tainted = New with { Taints = [new("dedicated", "db", "NoSchedule")] };
        Check(tainted, Agent).Proven.ShouldBeTrue();
        var tolerant = Agent with { DaemonTemplate = Agent.DaemonTemplate! with { Tolerations = [new(null, "Exists", null, null)] } };
        Check(tainted, tolerant).Proven.ShouldBeFalse();
    }

    private static string Code(Node node, params object[] others) => Check(node, others).Reason!.Code;

    private static NodeProof Check(Node node, params object[] others) =>
        NodeReadiness.Check(node, View([node, .. others]), Policy, new HashSet<string> { "ebs.csi.aws.com" }, Now);
}
