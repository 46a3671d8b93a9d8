using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of instances and of calls that fail.</summary>
public abstract class InstancesWorldContract : InstancesContract
{
    private ICloudStage Stage => (ICloudStage)Account;

    [Fact]
    public async Task Instances_are_described_in_one_call_and_as_the_world_has_them()
    {
        var all = await Stage.Instances.DescribeAsync([.. (await GroupAsync()).Instances.Select(instance => instance.Id)], None);

        all.ShouldAllBe(facts => facts.Launched < Stage.World.Now && facts.Launched > Stage.World.Now.AddDays(-1));
        Stage.Calls("DescribeInstances").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_console_tells_of_the_kubelet() =>
        (await Stage.Instances.ConsoleOutputAsync((await GroupAsync()).Instances[0].Id, None)).ShouldContain("kubelet", Case.Insensitive);

    [Fact]
    public async Task A_missing_permission_names_the_action()
    {
        Stage.World.Faults.Deny("SetDesiredCapacity");
        Stage.World.Faults.Deny("CreateLaunchTemplateVersion");
        Stage.World.Faults.Deny("GetParameter");
        Stage.World.Faults.Deny("DescribeInstances");
        var group = await GroupAsync();

        await RefusedAsync(() => Stage.Groups.SetDesiredAsync(StageWorld.Group, 4, None), "denied", "autoscaling:SetDesiredCapacity");
        await RefusedAsync(() => Stage.Templates.CreateVersionAsync(group.TemplateId!, 1, new() { ImageId = StageWorld.NewImage }, "", "token", None), "denied", "ec2:CreateLaunchTemplateVersion");
        await RefusedAsync(() => Stage.Images.ResolveAsync(new() { Parameter = StageWorld.Parameter }, None), "denied", "ssm:GetParameter");
        await RefusedAsync(() => Stage.Instances.DescribeAsync([group.Instances[0].Id], None), "denied", "ec2:DescribeInstances");
        Stage.World.Log.Records.Where(call => call.Caller != "admin").ShouldAllBe(call => !call.Writes || !call.Applied);
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
        Stage.Calls("TerminateInstanceInAutoScalingGroup").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_whose_answer_was_lost_is_written_once()
    {
        var template = (await GroupAsync()).TemplateId!;
        Stage.World.Faults.Next("CreateLaunchTemplateVersion", WorldFaultKind.TimeoutAfterSuccess);

        try
        {
            await Stage.Templates.CreateVersionAsync(template, 1, new() { ImageId = StageWorld.NewImage }, "fleet r-1", "token-1", None);
        }
        catch (Core.Rotations.CloudRefusedException lost)
        {
            lost.Code.ShouldBe("unreachable");
        }

        (await Stage.Templates.CreateVersionAsync(template, 1, new() { ImageId = StageWorld.NewImage }, "fleet r-1", "token-1", None)).Number.ShouldBe(2);
        Stage.World.Cloud.Templates[template].Versions.Count.ShouldBe(2);
    }
}
