namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of groups: calls, other groups, and what comes with time.</summary>
public abstract class ScalingGroupsWorldContract : ScalingGroupsContract
{
    private ICloudStage Stage => (ICloudStage)Account;

    [Fact]
    public async Task No_names_are_no_call()
    {
        await Account.Groups.DescribeAsync([], None);
        Stage.Calls("DescribeAutoScalingGroups").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_inspection_names_the_features_that_keep_Fleet_away()
    {
        var found = (await Stage.Groups.InspectAsync([StageWorld.Group, "hooked"], None)).ToDictionary(group => group.Name, group => group.Features);

        found[StageWorld.Group].ShouldBeEmpty();
        found["hooked"].ShouldBe(["elb-health-check", "lifecycle-hooks", "warm-pool"], ignoreOrder: true);
    }

    [Fact]
    public async Task Desired_is_raised_and_an_instance_comes_into_service()
    {
        await Stage.Groups.SetDesiredAsync(StageWorld.Group, 4, None);

        await Stage.UntilAsync(world => world.Cloud.Members(StageWorld.Group).Count(instance => instance.Lifecycle == "InService") == 4);
        (await GroupAsync()).Instances.Count(instance => instance.InService).ShouldBe(4);
    }

    [Fact]
    public async Task Protection_is_asked_for_fifty_at_a_time()
    {
        var unknown = Enumerable.Range(0, 101).Select(number => $"i-{number:x17}").ToList();

        await Stage.Groups.ProtectAsync(StageWorld.Group, unknown, true, None);

        Stage.Calls("SetInstanceProtection").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_termination_may_be_repeated_when_the_instance_is_gone()
    {
        var victim = (await GroupAsync()).Instances[0].Id;

        await Stage.Groups.TerminateAsync(victim, decrement: false, None);
        await Stage.UntilAsync(world => world.Cloud.Instances[victim].State == "terminated");
        await Stage.Groups.TerminateAsync(victim, decrement: false, None);
        Stage.World.Cloud.Terminations.Count(termination => termination.Instance.Id == victim).ShouldBe(1);
    }

    [Fact]
    public async Task Activities_come_newest_first_back_to_an_instant()
    {
        var before = Stage.World.Now;
        await Stage.Groups.SetDesiredAsync(StageWorld.Group, 5, None);
        await Stage.UntilAsync(world => world.Cloud.Members(StageWorld.Group).Count == 5);

        var recent = await Stage.Groups.ActivitiesAsync(StageWorld.Group, before, None);
        recent.Count.ShouldBe(2);
        recent.ShouldAllBe(activity => activity.Started >= before && activity.Cause.Contains("desired capacity", StringComparison.Ordinal));
        (await Stage.Groups.ActivitiesAsync(StageWorld.Group, DateTimeOffset.MinValue, None)).Count.ShouldBe(5);
    }
}
