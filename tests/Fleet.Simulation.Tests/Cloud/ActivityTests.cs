using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

public sealed class ActivityTests
{
    [Fact(DisplayName = "Insufficient capacity shows only in DescribeScalingActivities (StatusCode Failed, StatusMessage; Cause says who wanted it)")]
    public void Refused_capacity_is_an_activity()
    {
        var world = new CloudWorld();
        foreach (var zone in world.Cloud.Zones)
        {
            world.Cloud.Outages.Add(new CapacityOutage(zone, world.World.Now, world.World.Now.AddMinutes(10)));
        }

        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Run(TimeSpan.FromMinutes(5));
        world.InService.Count.ShouldBe(3);
        var newest = world.Api.DescribeScalingActivities(CloudWorld.Group).Items[0];
        newest.Status.ShouldBe("Failed");
        newest.StatusMessage!.ShouldStartWith("We currently do not have sufficient m5.large capacity in the Availability Zone you requested (eu-central-1");
        newest.Cause.ShouldContain("a user request explicitly set group desired capacity changing the desired capacity from 3 to 4");
        world.Run(TimeSpan.FromMinutes(10));
        world.InService.Count.ShouldBe(4);
    }

    [Fact(DisplayName = "A zone without capacity sends the launch to another zone")]
    public void Another_zone_takes_the_launch()
    {
        var world = new CloudWorld();
        world.Cloud.Outages.Add(new CapacityOutage("eu-central-1a", world.World.Now, world.World.Now.AddHours(1)));
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Settle();
        world.ByZone().ShouldBe([1, 2, 1]);
    }

    [Fact(DisplayName = "LaunchInstances: synchronous launch in a given zone with a ClientToken and ids in the answer: an idempotent surge")]
    public void Launches_in_a_zone_with_a_token()
    {
        var world = new CloudWorld();
        world.Api.SuspendProcesses(CloudWorld.Group, ["AZRebalance"]);
        var answer = world.Api.LaunchInstances(CloudWorld.Group, 2, "token", "eu-central-1b");
        world.Api.LaunchInstances(CloudWorld.Group, 2, "token", "eu-central-1b").ShouldBe(answer);
        world.Settle();
        world.Settings.Desired.ShouldBe(5);
        world.InService.Where(instance => answer.Instances.Select(launched => launched.Id).Contains(instance.Id)).ShouldAllBe(instance => instance.Zone == "eu-central-1b");
        world.Cloud.Launches.ShouldBe(5);
        CloudWorld.Refused(() => world.Api.LaunchInstances(CloudWorld.Group, 1, "token", "eu-central-1b")).Code.ShouldBe("IdempotentParameterMismatch");
        CloudWorld.Refused(() => world.Api.LaunchInstances(CloudWorld.Group, 2, "token-2")).Code.ShouldBe("ValidationError");
    }

    [Fact(DisplayName = "Terminating an instance past its group makes the group replace it at the next health check")]
    public void Ec2_termination_is_found()
    {
        var world = new CloudWorld();
        world.ProtectAll();
        var id = world.InService[0].Id;
        world.Api.TerminateInstances([id]).ShouldHaveSingleItem().After.State.ShouldBe(InstanceState.ShuttingDown);
        world.Settle();
        world.InService.Count.ShouldBe(3);
        world.InService.ShouldNotContain(instance => instance.Id == id);
        world.Terminations.ShouldHaveSingleItem().Cause.ShouldBe(TerminationCause.Ec2Request);
    }

    [Fact(DisplayName = "An instance goes pending, running, shutting-down, terminated, and stays visible for an hour")]
    public void States_and_events_of_an_instance()
    {
        var world = new CloudWorld();
        var seen = new List<string>();
        world.Cloud.InstanceStarted += id => seen.Add($"started {world.Cloud.Instances[id].State}");
        world.Cloud.InstanceStopping += id => seen.Add($"stopping {world.Cloud.Instances[id].State}");
        world.Cloud.InstanceTerminated += id => seen.Add($"terminated {world.Cloud.Instances[id].State}");
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Settle();
        var id = world.InService[3].Id;
        world.Api.TerminateInstanceInAutoScalingGroup(id, decrement: true);
        world.Settle();
        seen.ShouldBe(["started running", "stopping shutting-down", "terminated terminated"]);
        world.Api.DescribeInstances([id]).Items[0].State.ShouldBe(InstanceState.Terminated);
        world.Run(TimeSpan.FromHours(1));
        CloudWorld.Refused(() => world.Api.DescribeInstances([id])).Code.ShouldBe("InvalidInstanceID.NotFound");
    }

    [Fact(DisplayName = "Boot times are drawn by launch and never change")]
    public void Boot_times()
    {
        var world = new CloudWorld(desired: 6);
        var boots = world.InService.Select(world.Cloud.BootOf).ToList();
        boots.ShouldBe(new CloudWorld(desired: 6).InService.Select(world.Cloud.BootOf).ToList());
        boots.Distinct().Count().ShouldBe(6);
        world.Cloud.NeverBoots.Add(2);
        world.Cloud.BootOf(world.InService[1]).ShouldBeNull();
        world.Cloud.Put(world.Cloud.Images["ami-old"] with { NeverBoots = true });
        world.Cloud.BootOf(world.InService[0]).ShouldBeNull();
        world.Api.GetConsoleOutput(world.InService[0].Id)!.ShouldContain("failed to run Kubelet");
    }

    [Fact(DisplayName = "A template of the wrong architecture fails in the activity")]
    public void Wrong_architecture()
    {
        var world = new CloudWorld();
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new", "m6g.large"));
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, TemplateId = world.Template, TemplateVersion = "2" });
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Settle();
        world.Api.DescribeScalingActivities(CloudWorld.Group).Items[0].StatusMessage!.ShouldStartWith("The architecture 'arm64' of the specified instance type does not match");
    }

    [Fact(DisplayName = "A freed address can come back with the name of a dead node")]
    public void Addresses_are_reused_where_asked()
    {
        var world = new CloudWorld(min: 2);
        world.Cloud.Addresses.Reuse = true;
        var dead = world.InService[0];
        world.Api.TerminateInstanceInAutoScalingGroup(dead.Id, decrement: true).ShouldNotBeNull();
        world.Settle();
        world.Api.SetDesiredCapacity(CloudWorld.Group, 3);
        world.Settle();
        world.InService[^1].PrivateDnsName.ShouldBe(dead.PrivateDnsName);
        dead.PrivateDnsName.ShouldBe("ip-10-0-0-4.eu-central-1.compute.internal");
    }

    [Fact(DisplayName = "A denied action, a throttle and a time-out after success reach the caller and the log")]
    public void Faults()
    {
        var world = new CloudWorld();
        world.World.Faults.Deny("SetDesiredCapacity", "AKIATEST");
        world.World.Faults.Next("SuspendProcesses", WorldFaultKind.TimeoutAfterSuccess);
        Should.Throw<WorldFaultException>(() => world.Api.SetDesiredCapacity(CloudWorld.Group, 4)).Kind.ShouldBe(WorldFaultKind.Denied);
        Should.Throw<WorldFaultException>(() => world.Api.SuspendProcesses(CloudWorld.Group, ["AZRebalance"]));
        world.Settings.Desired.ShouldBe(3);
        world.Settings.IsSuspended("AZRebalance").ShouldBeTrue();
        world.World.Log.Records.TakeLast(2).Select(call => (call.Verb, call.Answer, call.Applied)).ShouldBe([("SetDesiredCapacity", 403, false), ("SuspendProcesses", 0, true)]);
    }

    [Fact(DisplayName = "Describe calls come in pages")]
    public void Pages()
    {
        var world = new CloudWorld(max: 120, desired: 120);
        var first = world.Api.DescribeAutoScalingInstances();
        first.Items.Count.ShouldBe(50);
        var ids = first.Items.Select(instance => instance.Id).ToList();
        for (var token = first.NextToken; token is not null;)
        {
            var page = world.Api.DescribeAutoScalingInstances(nextToken: token);
            ids.AddRange(page.Items.Select(instance => instance.Id));
            token = page.NextToken;
        }

        ids.Distinct().Count().ShouldBe(120);
        world.Api.DescribeScalingActivities(CloudWorld.Group).NextToken.ShouldNotBeNull();
        CloudWorld.Refused(() => world.Api.DescribeAutoScalingGroups(maxRecords: 101)).Code.ShouldBe("ValidationError");
        CloudWorld.Refused(() => world.Api.DescribeAutoScalingGroups(nextToken: "?")).Code.ShouldBe("InvalidNextToken");
    }
}
