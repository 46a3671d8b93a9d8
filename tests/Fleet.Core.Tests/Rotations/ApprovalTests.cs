using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A pool's gate: its runs stop there until a person approves, and nobody else can let them pass.</summary>
public class ApprovalTests
{
    [Fact]
    public void Before_the_start_nothing_is_changed_until_a_person_approves()
    {
        using var stage = Gated(ApprovalGate.BeforeStart);

        stage.Drive().ShouldBe(RunPhase.Stopped);
        stage.Rehearsal.Run.Reasons.ShouldHaveSingleItem().Code.ShouldBe(RequestRules.ApprovalNeeded);
        stage.World.Log.Records.ShouldNotContain(call => call.Writes && call.Api == Api.Aws);
        stage.State.Groups.ShouldBeEmpty();
        stage.Answer(RunRequest.Resume, TimeSpan.FromHours(1)).ShouldBe(RunPhase.Stopped, "to resume is not to approve");

        stage.Answer(RunRequest.Approve, TimeSpan.FromHours(100)).ShouldBe(RunPhase.Succeeded, stage.Why);
        stage.World.Cloud.Terminations.Count.ShouldBe(4);
    }

    [Fact]
    public void After_the_canary_one_node_is_new_until_a_person_approves()
    {
        using var stage = Gated(ApprovalGate.AfterCanary);

        stage.Drive().ShouldBe(RunPhase.Stopped);
        stage.Rehearsal.Run.Reasons[0].Limit.ShouldBe("approval afterCanary");
        (stage.State.CanaryPassed, stage.World.Cloud.Terminations.Count).ShouldBe((true, 1));

        stage.Answer(RunRequest.Approve, TimeSpan.FromHours(100)).ShouldBe(RunPhase.Succeeded, stage.Why);
        stage.World.Cloud.Terminations.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(ApprovalGate.BeforeStart)]
    [InlineData(ApprovalGate.AfterCanary)]
    public void A_run_at_its_gate_can_be_cancelled(ApprovalGate gate)
    {
        using var stage = Gated(gate);
        stage.Drive().ShouldBe(RunPhase.Stopped);

        stage.Answer(RunRequest.Cancel, TimeSpan.FromHours(1)).ShouldBe(RunPhase.Cancelled, stage.Why);

        var members = stage.World.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).ToList();
        (members.Count, members.Count(one => one.ImageId == "ami-new")).ShouldBe((4, gate == ApprovalGate.BeforeStart ? 0 : 2), "the canary's successor, and the surge, which takes an old node's place");
    }

    [Theory]
    [InlineData(RunPhase.Running, "", RequestSense.Senseless)]
    [InlineData(RunPhase.Stopped, "drain-timeout", RequestSense.Senseless)]
    [InlineData(RunPhase.Stopped, RequestRules.ApprovalNeeded, RequestSense.Sensible)]
    [InlineData(RunPhase.Succeeded, RequestRules.ApprovalNeeded, RequestSense.Senseless)]
    public void Only_a_run_at_its_gate_is_approved(RunPhase phase, string reason, RequestSense sense)
    {
        var run = new Run { Id = "r-1", Kind = "rotation", Cluster = "prod", Spec = "{}", State = "{}", Phase = phase, Created = default, Updated = default };

        RequestRules.Judge(run with { Reasons = [new Reason { Code = reason, Sentence = "", Object = "" }] }, RunRequest.Approve).ShouldBe(sense);
    }

    private static Stage Gated(ApprovalGate gate) => new(Worlds.Plain(4), adapt: spec => spec with { Pool = spec.Pool with { Approval = gate } });
}
