using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class VolumeCheckTests
{
    private static readonly Attachment Data = new("va-1", "old-1", "pv-1");

    [Fact]
    public void A_volume_still_attached_holds_the_node()
    {
        var reason = VolumeCheck.Waiting(Round(Data, new Attachment("va-2", "old-1", "pv-2"), new Attachment("va-3", "old-2", "pv-3")), "old-1")!;
        reason.Object.ShouldBe("volumeattachment va-1");
        reason.Value.ShouldBe("2 attached");
        reason.Node.ShouldBe("old-1");
    }

    [Fact]
    public void Volumes_of_pods_that_stay_are_left_out() =>
        VolumeCheck.Waiting(Round(Data, Owner("agent", 1, "DaemonSet"), Pod("d", owner: "agent", kind: "DaemonSet") with { Volumes = ["pv-1"] }), "old-1").ShouldBeNull();

    [Fact]
    public void Volumes_of_finished_pods_are_not() =>
        VolumeCheck.Waiting(Round(Data, Pod("d") with { Phase = PodPhase.Succeeded, Volumes = ["pv-1"] }), "old-1").ShouldNotBeNull();

    [Fact]
    public void Nothing_attached_holds_nothing() => VolumeCheck.Waiting(Round(Data with { Node = "old-2" }), "old-1").ShouldBeNull();
}
