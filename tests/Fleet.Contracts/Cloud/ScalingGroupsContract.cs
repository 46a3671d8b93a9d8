namespace Fleet.Contracts.Cloud;

public abstract class ScalingGroupsContract : CloudSuite
{
    [Fact]
    public async Task Groups_are_described_as_they_are_and_unknown_names_left_out()
    {
        var group = (await Stage.Groups.DescribeAsync([StageWorld.Group, "nobody"], None)).ShouldHaveSingleItem();

        (group.Min, group.Max, group.Desired).ShouldBe((1, 5, 3));
        group.Zones.Length.ShouldBe(3);
        group.TemplateVersion.ShouldBe("1");
        group.Tags.ShouldContainKeyAndValue("team", "shop");
        group.NewInstancesProtected.ShouldBeFalse();
        group.Suspended.ShouldBeEmpty();
        group.Features.ShouldBeEmpty();
        group.Instances.Length.ShouldBe(3);
        group.Instances.ShouldAllBe(instance => instance.InService && !instance.Protected && instance.TemplateId == group.TemplateId && instance.TemplateVersion == 1 && instance.InstanceType == StageWorld.InstanceType);
        group.Instances.Select(instance => instance.Zone).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task No_names_are_no_groups_and_no_call()
    {
        (await Stage.Groups.DescribeAsync([], None)).ShouldBeEmpty();
        Calls("DescribeAutoScalingGroups").ShouldBeEmpty();
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

        (await GroupAsync()).Desired.ShouldBe(4);
        await Stage.UntilAsync(world => world.Cloud.Members(StageWorld.Group).Count(instance => instance.Lifecycle == "InService") == 4);
        (await GroupAsync()).Instances.Count(instance => instance.InService).ShouldBe(4);
    }

    [Fact]
    public async Task Desired_above_max_is_refused()
    {
        await RefusedAsync(() => Stage.Groups.SetDesiredAsync(StageWorld.Group, 6, None), "invalid", "autoscaling:SetDesiredCapacity");
        (await GroupAsync()).Desired.ShouldBe(3);
    }

    [Fact]
    public async Task Max_protection_of_new_instances_and_suspensions_are_written_and_read_back()
    {
        await Stage.Groups.SetMaxAsync(StageWorld.Group, 8, None);
        await Stage.Groups.SetNewInstancesProtectedAsync(StageWorld.Group, true, None);
        await Stage.Groups.SuspendAsync(StageWorld.Group, "AZRebalance", None);
        await Stage.Groups.SuspendAsync(StageWorld.Group, "AZRebalance", None);

        var group = await GroupAsync();
        (group.Max, group.Desired, group.NewInstancesProtected).ShouldBe((8, 3, true));
        group.Suspended.ShouldBe(["AZRebalance"]);

        await Stage.Groups.ResumeAsync(StageWorld.Group, "AZRebalance", None);
        await Stage.Groups.ResumeAsync(StageWorld.Group, "AZRebalance", None);
        (await GroupAsync()).Suspended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Protection_leaves_out_instances_that_are_gone()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();

        await Stage.Groups.ProtectAsync(StageWorld.Group, [.. ids, "i-0ffffffffffffffff"], true, None);
        (await GroupAsync()).Instances.ShouldAllBe(instance => instance.Protected);

        await Stage.Groups.ProtectAsync(StageWorld.Group, ids, false, None);
        (await GroupAsync()).Instances.ShouldAllBe(instance => !instance.Protected);
    }

    [Fact]
    public async Task Protection_is_asked_for_fifty_at_a_time()
    {
        var unknown = Enumerable.Range(0, 101).Select(number => $"i-{number:x17}").ToList();

        await Stage.Groups.ProtectAsync(StageWorld.Group, unknown, true, None);

        Calls("SetInstanceProtection").Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_termination_without_decrement_keeps_desired_and_may_be_repeated()
    {
        var victim = (await GroupAsync()).Instances[0].Id;

        await Stage.Groups.TerminateAsync(victim, decrement: false, None);
        await Stage.Groups.TerminateAsync(victim, decrement: false, None);

        (await GroupAsync()).Desired.ShouldBe(3);
        await Stage.UntilAsync(world => world.Cloud.Instances[victim].State == "terminated");
        await Stage.Groups.TerminateAsync(victim, decrement: false, None);
        Stage.World.Cloud.Terminations.Count(termination => termination.Instance.Id == victim).ShouldBe(1);
    }

    [Fact]
    public async Task A_termination_with_decrement_lowers_desired_once_however_often_it_is_asked_for()
    {
        var victim = (await GroupAsync()).Instances[0].Id;

        await Stage.Groups.TerminateAsync(victim, decrement: true, None);
        await Stage.Groups.TerminateAsync(victim, decrement: true, None);

        (await GroupAsync()).Desired.ShouldBe(2);
    }

    [Fact]
    public async Task A_termination_with_decrement_below_min_is_refused()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();
        await Stage.Groups.TerminateAsync(ids[0], decrement: true, None);
        await Stage.Groups.TerminateAsync(ids[1], decrement: true, None);

        await RefusedAsync(() => Stage.Groups.TerminateAsync(ids[2], decrement: true, None), "invalid", "autoscaling:TerminateInstanceInAutoScalingGroup");
    }

    [Fact]
    public async Task An_instance_that_nobody_knows_is_terminated_already()
    {
        await Stage.Groups.TerminateAsync("i-0ffffffffffffffff", decrement: false, None);
        await Stage.Groups.TerminateAsync("i-0ffffffffffffffff", decrement: true, None);

        (await GroupAsync()).Desired.ShouldBe(3);
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
        var all = await Stage.Groups.ActivitiesAsync(StageWorld.Group, DateTimeOffset.MinValue, None);
        all.Count.ShouldBe(5);
        all.Select(activity => activity.Started).ShouldBeInOrder(SortDirection.Descending);
    }
}
