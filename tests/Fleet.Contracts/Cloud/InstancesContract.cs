using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cloud;

public abstract class InstancesContract : CloudSuite
{
    [Fact]
    public async Task Instances_are_described_in_bulk_and_unknown_ones_left_out()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();

        var all = await Stage.Instances.DescribeAsync(ids, None);
        all.Select(facts => facts.Id).ShouldBe(ids, ignoreOrder: true);
        all.ShouldAllBe(facts => facts.ImageId == StageWorld.OldImage && facts.State == "running" && facts.PrivateDnsName != null && facts.Launched < Stage.World.Now && facts.Launched > Stage.World.Now.AddDays(-1));
        Calls("DescribeInstances").Count.ShouldBe(1);

        (await Stage.Instances.DescribeAsync([.. ids, "i-0ffffffffffffffff"], None)).Count.ShouldBe(3);
        (await Stage.Instances.DescribeAsync([], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_caller_and_the_console_are_known()
    {
        (await Stage.Instances.AccountAsync(None)).ShouldBe("123456789012");
        (await Stage.Instances.ConsoleOutputAsync((await GroupAsync()).Instances[0].Id, None)).ShouldContain("kubelet", Case.Insensitive);
    }

    [Fact]
    public async Task A_missing_permission_names_the_action()
    {
        Stage.World.Faults.Deny("SetDesiredCapacity");
        Stage.World.Faults.Deny("CreateLaunchTemplateVersion");
        Stage.World.Faults.Deny("GetParameter");
        Stage.World.Faults.Deny("DescribeInstances");
        var group = await GroupAsync();

        await RefusedAsync(() => Stage.Groups.SetDesiredAsync(StageWorld.Group, 4, None), "denied", "autoscaling:SetDesiredCapacity");
        await RefusedAsync(() => Stage.Templates.CreateVersionAsync(group.TemplateId!, 1, StageWorld.NewImage, "", "token", None), "denied", "ec2:CreateLaunchTemplateVersion");
        await RefusedAsync(() => Stage.Images.ResolveAsync(new() { Parameter = StageWorld.Parameter }, None), "denied", "ssm:GetParameter");
        await RefusedAsync(() => Stage.Instances.DescribeAsync([group.Instances[0].Id], None), "denied", "ec2:DescribeInstances");
        Stage.World.Log.Records.ShouldAllBe(call => !call.Writes || !call.Applied);
    }

    [Theory]
    [InlineData(WorldFaultKind.Throttled, "busy")]
    [InlineData(WorldFaultKind.ServerError, "busy")]
    [InlineData(WorldFaultKind.TimeoutBefore, "unreachable")]
    public async Task A_failure_that_lasts_is_told_as_what_it_is(WorldFaultKind kind, string code)
    {
        Stage.World.Faults.Next("SetDesiredCapacity", kind, times: 100);
        Stage.World.Faults.Next("DescribeInstances", kind, times: 100);

        await RefusedAsync(() => Stage.Groups.SetDesiredAsync(StageWorld.Group, 4, None), code, "autoscaling:SetDesiredCapacity");
        await RefusedAsync(() => Stage.Instances.DescribeAsync(["i-0"], None), code, "ec2:DescribeInstances");
        (await GroupAsync()).Desired.ShouldBe(3);
    }

    [Fact]
    public async Task A_termination_with_decrement_that_timed_out_after_it_was_applied_is_not_repeated()
    {
        var victim = (await GroupAsync()).Instances[0].Id;
        Stage.World.Faults.Next("TerminateInstanceInAutoScalingGroup", WorldFaultKind.TimeoutAfterSuccess);

        await RefusedAsync(() => Stage.Groups.TerminateAsync(victim, decrement: true, None), "unreachable", "autoscaling:TerminateInstanceInAutoScalingGroup");
        await Stage.Groups.TerminateAsync(victim, decrement: true, None);

        (await GroupAsync()).Desired.ShouldBe(2);
        Calls("TerminateInstanceInAutoScalingGroup").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_whose_answer_was_lost_is_written_once()
    {
        var template = (await GroupAsync()).TemplateId!;
        Stage.World.Faults.Next("CreateLaunchTemplateVersion", WorldFaultKind.TimeoutAfterSuccess);

        try
        {
            await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);
        }
        catch (Core.Rotations.CloudRefusedException lost)
        {
            lost.Code.ShouldBe("unreachable");
        }

        (await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None)).Number.ShouldBe(2);
        Stage.World.Cloud.Templates[template].Versions.Count.ShouldBe(2);
    }
}
