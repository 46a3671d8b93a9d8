using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

public sealed class CapacityTests
{
    [Fact(DisplayName = "SetDesiredCapacity has no compare-and-set")]
    public void The_last_writer_wins()
    {
        var world = new CloudWorld();
        world.Api.SetDesiredCapacity(CloudWorld.Group, 5);
        new CloudApi(world.World, "AKIAOTHER").SetDesiredCapacity(CloudWorld.Group, 4);
        world.Settle();
        world.InService.Count.ShouldBe(4);
        world.World.Log.Records.Where(call => call.Verb == "SetDesiredCapacity").Select(call => (call.Caller, call.Detail, call.Answer))
            .ShouldBe([("AKIATEST", "desired=5", 200), ("AKIAOTHER", "desired=4", 200)]);
    }

    [Fact(DisplayName = "When desired falls below the number of instances, the group terminates instances of its choice, undrained")]
    public void Scale_in_terminates()
    {
        var world = new CloudWorld(min: 1);
        world.Api.SetDesiredCapacity(CloudWorld.Group, 1);
        world.Settle();
        world.InService.Count.ShouldBe(1);
        world.Terminations.Select(end => (end.Cause, end.Caller)).ShouldBe([(TerminationCause.ScaleIn, null), (TerminationCause.ScaleIn, null)]);
    }

    [Fact(DisplayName = "Scale-in protection on every instance (50 ids a call; NewInstancesProtectedFromScaleIn for new ones) is the only guard")]
    public void Protection_takes_fifty_ids_and_new_instances_inherit_it()
    {
        var world = new CloudWorld(min: 1, max: 60, desired: 51);
        var ids = world.InService.Select(instance => instance.Id).ToList();
        CloudWorld.Refused(() => world.Api.SetInstanceProtection(CloudWorld.Group, ids, protect: true)).Code.ShouldBe("ValidationError");
        world.InService.ShouldAllBe(instance => !instance.Protected);
        world.Api.SetInstanceProtection(CloudWorld.Group, ids[..50], protect: true);
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, ProtectNew = true });
        world.Api.SetDesiredCapacity(CloudWorld.Group, 52);
        world.Settle();
        world.InService.Where(instance => !instance.Protected).Select(instance => instance.Id).ShouldBe([ids[50]]);
        world.Api.SetDesiredCapacity(CloudWorld.Group, 51);
        world.Settle();
        world.Terminations.Select(end => end.Instance.Id).ShouldBe([ids[50]]);
    }

    [Fact(DisplayName = "it stops scale-in, not TerminateInstanceInAutoScalingGroup, failed health checks")]
    public void Protection_does_not_stop_termination_by_id_or_bad_health()
    {
        var world = new CloudWorld();
        world.ProtectAll();
        var (first, second) = (world.InService[0].Id, world.InService[1].Id);
        world.Api.TerminateInstanceInAutoScalingGroup(first, decrement: false);
        world.Api.SetInstanceHealth(second, healthy: false);
        world.Settle();
        world.Terminations.Select(end => (end.Instance.Id, end.Cause)).ShouldBe([(first, TerminationCause.UserRequest), (second, TerminationCause.Unhealthy)]);
        world.InService.Count.ShouldBe(3);
    }

    [Fact(DisplayName = "If all are protected desired still falls, and the scale-in comes when protection is lifted")]
    public void Scale_in_waits_for_the_protection_to_go()
    {
        var world = new CloudWorld(min: 1);
        world.ProtectAll();
        world.Api.SetDesiredCapacity(CloudWorld.Group, 2);
        world.Settle();
        world.Settings.Desired.ShouldBe(2);
        world.Terminations.ShouldBeEmpty();
        var freed = world.InService[2].Id;
        world.Api.SetInstanceProtection(CloudWorld.Group, [freed], protect: false);
        world.Settle();
        world.Terminations.ShouldHaveSingleItem().Instance.Id.ShouldBe(freed);
    }

    [Fact(DisplayName = "UpdateAutoScalingGroup with max below desired is not refused: AWS lowers desired to the new max and terminates")]
    public void Max_below_desired_scales_in()
    {
        var world = new CloudWorld(min: 1);
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, Max = 2 });
        world.Settings.Desired.ShouldBe(2);
        world.Settle();
        world.Terminations.ShouldHaveSingleItem().Cause.ShouldBe(TerminationCause.ScaleIn);
    }

    [Fact(DisplayName = "Raising min raises desired")]
    public void Raising_min_launches()
    {
        var world = new CloudWorld();
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, Min = 5 });
        world.Settings.Desired.ShouldBe(5);
        world.Settle();
        world.InService.Count.ShouldBe(5);
    }

    [Fact(DisplayName = "Desired above max is refused")]
    public void Desired_stays_between_min_and_max()
    {
        var world = new CloudWorld();
        CloudWorld.Refused(() => world.Api.SetDesiredCapacity(CloudWorld.Group, 7)).Message.ShouldBe("New SetDesiredCapacity value 7 is above max value 6 for the AutoScalingGroup.");
        CloudWorld.Refused(() => world.Api.SetDesiredCapacity(CloudWorld.Group, 2)).Message.ShouldBe("New SetDesiredCapacity value 2 is below min value 3 for the AutoScalingGroup.");
        CloudWorld.Refused(() => world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, Desired = 7 })).Message.ShouldBe("Desired capacity:7 must be between the specified min size:3 and max size:6");
        world.Settings.Desired.ShouldBe(3);
    }

    [Fact(DisplayName = "decrement=false launches a replacement at once")]
    public void Termination_without_decrement_is_replaced()
    {
        var world = new CloudWorld();
        world.Api.TerminateInstanceInAutoScalingGroup(world.InService[0].Id, decrement: false);
        world.Run(TimeSpan.FromSeconds(3));
        world.Cloud.Members(CloudWorld.Group).Select(instance => instance.Lifecycle).ShouldBe([LifecycleState.Terminating, LifecycleState.InService, LifecycleState.InService, LifecycleState.Pending]);
        world.Settings.Desired.ShouldBe(3);
    }

    [Fact(DisplayName = "decrement=true lowers desired, refused below min")]
    public void Termination_with_decrement()
    {
        var world = new CloudWorld(min: 2);
        world.Api.TerminateInstanceInAutoScalingGroup(world.InService[0].Id, decrement: true).Status.ShouldBe("InProgress");
        world.Settings.Desired.ShouldBe(2);
        world.Settle();
        world.InService.Count.ShouldBe(2);
        CloudWorld.Refused(() => world.Api.TerminateInstanceInAutoScalingGroup(world.InService[0].Id, decrement: true)).Message.ShouldStartWith("Currently, desiredSize equals minSize (2).");
        world.Terminations.ShouldHaveSingleItem().Decrement.ShouldBeTrue();
    }

    [Fact(DisplayName = "and can unbalance zones")]
    public void Termination_with_decrement_unbalances()
    {
        var world = new CloudWorld(min: 1, desired: 3, with: group => group with { Suspended = group.Suspended.Add("AZRebalance", "test") });
        foreach (var instance in world.InService.Where(instance => instance.Zone != "eu-central-1a").ToList())
        {
            world.Api.TerminateInstanceInAutoScalingGroup(instance.Id, decrement: true);
        }

        world.Settle();
        world.ByZone().ShouldBe([1, 0, 0]);
    }

    [Fact(DisplayName = "A repeated termination with decrement lowers desired again while the instance is Terminating")]
    public void Repeating_a_decrement_costs_capacity()
    {
        var world = new CloudWorld(min: 0);
        var id = world.InService[0].Id;
        world.Api.TerminateInstanceInAutoScalingGroup(id, decrement: true);
        world.Api.TerminateInstanceInAutoScalingGroup(id, decrement: true);
        world.Settings.Desired.ShouldBe(1);
        world.Terminations.Count.ShouldBe(1);
    }

    [Fact(DisplayName = "ScalingActivityInProgress and ResourceContention are retried")]
    public void Contention_passes()
    {
        var world = new CloudWorld();
        var times = 1;
        world.Cloud.Contention = call => call.Verb == "SetDesiredCapacity" && times-- > 0 ? new CallRefusedException(500, "ResourceContention", "You already have a pending update to an Amazon EC2 Auto Scaling resource.") : null;
        CloudWorld.Refused(() => world.Api.SetDesiredCapacity(CloudWorld.Group, 4)).Code.ShouldBe("ResourceContention");
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Run(TimeSpan.FromSeconds(3));
        CloudWorld.Refused(() => world.Api.SetDesiredCapacity(CloudWorld.Group, 5, honorCooldown: true)).Code.ShouldBe("ScalingActivityInProgress");
    }
}
