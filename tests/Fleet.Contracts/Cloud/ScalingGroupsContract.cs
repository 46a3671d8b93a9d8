namespace Fleet.Contracts.Cloud;

/// <summary>What every server must show of its groups. Members are virtual for servers that are known to differ.</summary>
public abstract class ScalingGroupsContract : CloudSuite
{
    private const string Unknown = "i-0ffffffffffffffff";

    [Fact]
    public virtual async Task Groups_are_described_as_they_are_and_unknown_names_left_out()
    {
        var group = (await Account.Groups.DescribeAsync([Facts.Group, "nobody"], None)).ShouldHaveSingleItem();

        (group.Min, group.Max, group.Desired).ShouldBe((1, 5, 3));
        group.Zones.Length.ShouldBe(Facts.Zones);
        group.TemplateVersion.ShouldBe("1");
        group.Tags.ShouldContainKeyAndValue(Facts.Tag.Key, Facts.Tag.Value);
        group.NewInstancesProtected.ShouldBeFalse();
        group.Suspended.ShouldBeEmpty();
        group.Features.ShouldBeEmpty();
        group.Instances.Length.ShouldBe(3);
        group.Instances.ShouldAllBe(instance => instance.InService && !instance.Protected && instance.TemplateId == group.TemplateId && instance.TemplateVersion == 1 && instance.InstanceType == Facts.InstanceType);
        group.Instances.Select(instance => instance.Zone).Distinct().Count().ShouldBe(Facts.Zones);
    }

    [Fact]
    public virtual async Task No_names_are_no_groups() => (await Account.Groups.DescribeAsync([], None)).ShouldBeEmpty();

    [Fact]
    public virtual async Task An_inspection_finds_nothing_at_a_plain_group() =>
        (await Account.Groups.InspectAsync([Facts.Group], None)).ShouldHaveSingleItem().Features.ShouldBeEmpty();

    [Fact]
    public virtual async Task Desired_is_raised_and_read_back()
    {
        await Account.Groups.SetDesiredAsync(Facts.Group, 4, None);
        (await GroupAsync()).Desired.ShouldBe(4);
    }

    [Fact]
    public virtual async Task Desired_above_max_is_refused()
    {
        await RefusedAsync(() => Account.Groups.SetDesiredAsync(Facts.Group, 6, None), "invalid", "autoscaling:SetDesiredCapacity");
        (await GroupAsync()).Desired.ShouldBe(3);
    }

    [Fact]
    public virtual async Task Max_protection_of_new_instances_and_suspensions_are_written_and_read_back()
    {
        await Account.Groups.SetMaxAsync(Facts.Group, 8, None);
        await Account.Groups.SetNewInstancesProtectedAsync(Facts.Group, true, None);
        await Account.Groups.SuspendAsync(Facts.Group, "AZRebalance", None);
        await Account.Groups.SuspendAsync(Facts.Group, "AZRebalance", None);

        var group = await GroupAsync();
        (group.Max, group.Desired, group.NewInstancesProtected).ShouldBe((8, 3, true));
        group.Suspended.ShouldBe(["AZRebalance"]);

        await Account.Groups.ResumeAsync(Facts.Group, "AZRebalance", None);
        await Account.Groups.ResumeAsync(Facts.Group, "AZRebalance", None);
        (await GroupAsync()).Suspended.ShouldBeEmpty();
    }

    [Fact]
    public virtual async Task Protection_is_set_and_lifted()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();

        await Account.Groups.ProtectAsync(Facts.Group, ids, true, None);
        (await GroupAsync()).Instances.ShouldAllBe(instance => instance.Protected);

        await Account.Groups.ProtectAsync(Facts.Group, ids, false, None);
        (await GroupAsync()).Instances.ShouldAllBe(instance => !instance.Protected);
    }

    [Fact]
    public virtual async Task Protection_leaves_out_instances_that_are_gone()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();

        await Account.Groups.ProtectAsync(Facts.Group, [.. ids, Unknown], true, None);
        (await GroupAsync()).Instances.ShouldAllBe(instance => instance.Protected);
    }

    [Fact]
    public virtual async Task A_termination_without_decrement_keeps_desired_and_may_be_repeated()
    {
        var victim = (await GroupAsync()).Instances[0].Id;

        await Account.Groups.TerminateAsync(victim, decrement: false, None);
        await Account.Groups.TerminateAsync(victim, decrement: false, None);

        var group = await GroupAsync();
        group.Desired.ShouldBe(3);
        group.Instances.ShouldNotContain(instance => instance.Id == victim && instance.InService);
    }

    [Fact]
    public virtual async Task A_termination_with_decrement_lowers_desired_once_however_often_it_is_asked_for()
    {
        var victim = (await GroupAsync()).Instances[0].Id;

        await Account.Groups.TerminateAsync(victim, decrement: true, None);
        await Account.Groups.TerminateAsync(victim, decrement: true, None);

        (await GroupAsync()).Desired.ShouldBe(2);
    }

    [Fact]
    public virtual async Task A_termination_with_decrement_below_min_is_refused()
    {
        var ids = (await GroupAsync()).Instances.Select(instance => instance.Id).ToList();
        await Account.Groups.TerminateAsync(ids[0], decrement: true, None);
        await Account.Groups.TerminateAsync(ids[1], decrement: true, None);

        await RefusedAsync(() => Account.Groups.TerminateAsync(ids[2], decrement: true, None), "invalid", "autoscaling:TerminateInstanceInAutoScalingGroup");
    }

    [Fact]
    public virtual async Task An_instance_that_nobody_knows_is_terminated_already()
    {
        await Account.Groups.TerminateAsync(Unknown, decrement: false, None);
        await Account.Groups.TerminateAsync(Unknown, decrement: true, None);

        (await GroupAsync()).Desired.ShouldBe(3);
    }

    [Fact]
    public virtual async Task Activities_tell_of_every_launch_newest_first()
    {
        var all = await Account.Groups.ActivitiesAsync(Facts.Group, DateTimeOffset.MinValue, None);
        all.Count.ShouldBe(3);
        all.Select(activity => activity.Started).ShouldBeInOrder(SortDirection.Descending);
        (await Account.Groups.ActivitiesAsync(Facts.Group, all[0].Started.AddDays(1), None)).ShouldBeEmpty();
    }
}
