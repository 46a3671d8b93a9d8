using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

public sealed class ZoneTests
{
    [Fact(DisplayName = "Launches go to the emptiest zone")]
    public void Launches_even_out()
    {
        var world = new CloudWorld(max: 9, desired: 4);
        world.ByZone().ShouldBe([2, 1, 1]);
        world.Api.SetDesiredCapacity(CloudWorld.Group, 6);
        world.Settle();
        world.ByZone().ShouldBe([2, 2, 2]);
    }

    [Fact(DisplayName = "AZRebalance: while suspended nothing is evened out; after resume AWS redistributes by terminating undrained instances")]
    public void Rebalance_waits_for_its_resumption()
    {
        var world = Unbalanced();
        world.Settle();
        world.ByZone().ShouldBe([3, 0, 0]);
        world.Api.ResumeProcesses(CloudWorld.Group, ["AZRebalance"]);
        world.Settle();
        world.ByZone().ShouldBe([1, 1, 1]);
        world.Terminations.Where(end => end.Caller is null).ShouldAllBe(end => end.Cause == TerminationCause.Rebalance && end.Instance.Zone == "eu-central-1a");
        world.Settings.Desired.ShouldBe(3);
    }

    [Fact(DisplayName = "and may exceed max by 10 %")]
    public void Rebalance_exceeds_max()
    {
        var world = Unbalanced();
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, Max = 3 });
        var most = 0;
        world.Cloud.InstanceChanged += _ => most = Math.Max(most, world.Cloud.Members(CloudWorld.Group).Count(instance => instance.Counts));
        world.Api.ResumeProcesses(CloudWorld.Group, ["AZRebalance"]);
        world.Settle();
        most.ShouldBe(4);
        world.ByZone().ShouldBe([1, 1, 1]);
    }

    [Fact(DisplayName = "An instance that a rebalance launched and that goes before it is in service leaves desired in force")]
    public void A_lost_rebalance_launch_is_forgotten()
    {
        var world = Unbalanced();
        world.Api.ResumeProcesses(CloudWorld.Group, ["AZRebalance"]);
        world.Run(TimeSpan.FromSeconds(3));
        var launched = world.Cloud.Members(CloudWorld.Group).Single(instance => instance.Lifecycle == LifecycleState.Pending);
        world.Api.SuspendProcesses(CloudWorld.Group, ["AZRebalance"]);
        world.Api.TerminateInstanceInAutoScalingGroup(launched.Id, decrement: false);
        world.Settle();
        world.InService.Count.ShouldBe(3);
    }

    [Fact(DisplayName = "What was suspended before the run stays suspended")]
    public void Resuming_one_process_leaves_the_others()
    {
        var world = new CloudWorld();
        world.Api.SuspendProcesses(CloudWorld.Group, ["AZRebalance", "AlarmNotification"]);
        world.Api.ResumeProcesses(CloudWorld.Group, ["AZRebalance"]);
        world.Settings.Suspended.Keys.ShouldBe(["AlarmNotification"]);
        world.Settings.Suspended["AlarmNotification"].ShouldStartWith("User suspended at ");
    }

    [Theory(DisplayName = "A suspended process does nothing until it is resumed")]
    [InlineData("Launch", 4)]
    [InlineData("Terminate", 2)]
    public void Suspended_launch_or_terminate(string process, int desired)
    {
        var world = new CloudWorld(min: 1);
        world.Api.SuspendProcesses(CloudWorld.Group, [process]);
        world.Api.SetDesiredCapacity(CloudWorld.Group, desired);
        world.Settle();
        world.InService.Count.ShouldBe(3);
        world.Api.ResumeProcesses(CloudWorld.Group, [process]);
        world.Settle();
        world.InService.Count.ShouldBe(desired);
    }

    [Fact(DisplayName = "suspend ReplaceUnhealthy: an unhealthy instance stays until it is resumed")]
    public void Suspended_replacement()
    {
        var world = new CloudWorld();
        world.Api.SuspendProcesses(CloudWorld.Group, ["ReplaceUnhealthy"]);
        world.Api.SetInstanceHealth(world.InService[0].Id, healthy: false);
        world.Settle();
        world.Terminations.ShouldBeEmpty();
        world.Api.ResumeProcesses(CloudWorld.Group, ["ReplaceUnhealthy"]);
        world.Settle();
        world.Terminations.ShouldHaveSingleItem().Cause.ShouldBe(TerminationCause.Unhealthy);
    }

    [Fact(DisplayName = "The group gives up instances of the fullest zone, there by its termination policies")]
    public void Termination_policies()
    {
        var oldest = new CloudWorld(min: 1, desired: 4, with: group => group with { TerminationPolicies = ["OldestInstance"] });
        oldest.Api.SetDesiredCapacity(CloudWorld.Group, 3);
        oldest.Settle();
        oldest.Terminations.ShouldHaveSingleItem().Instance.Number.ShouldBe(1);

        var newest = new CloudWorld(min: 1, desired: 4, with: group => group with { TerminationPolicies = ["NewestInstance"] });
        newest.Api.SetDesiredCapacity(CloudWorld.Group, 3);
        newest.Settle();
        newest.Terminations.ShouldHaveSingleItem().Instance.Number.ShouldBe(4);

        var byVersion = new CloudWorld(min: 1, max: 9, desired: 3, with: group => group with { TemplateVersion = "$Latest" });
        byVersion.Api.CreateLaunchTemplateVersion(byVersion.Template, null, CloudWorld.Data("ami-new"), "1");
        byVersion.Api.SetDesiredCapacity(CloudWorld.Group, 6);
        byVersion.Settle();
        byVersion.Api.SetDesiredCapacity(CloudWorld.Group, 3);
        byVersion.Settle();
        byVersion.InService.ShouldAllBe(instance => instance.TemplateVersion == 2);
    }

    private static CloudWorld Unbalanced()
    {
        var world = new CloudWorld(min: 0, desired: 9, max: 9);
        world.Api.SuspendProcesses(CloudWorld.Group, ["AZRebalance"]);
        foreach (var instance in world.InService.Where(instance => instance.Zone != "eu-central-1a").ToList())
        {
            world.Api.TerminateInstanceInAutoScalingGroup(instance.Id, decrement: true);
        }

        world.Settle();
        return world;
    }
}
