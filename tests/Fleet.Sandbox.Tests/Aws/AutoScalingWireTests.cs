using System.Text.Json.Nodes;
using Fleet.Simulation.Cloud;

namespace Fleet.Sandbox.Tests.Aws;

/// <summary>Auto Scaling over the wire, with the real aws command line.</summary>
public sealed class AutoScalingWireTests(AwsSandbox sandbox) : IClassFixture<AwsSandbox>
{
    private const string Name = "--auto-scaling-group-name";

    [Fact]
    public async Task A_group_is_described_with_its_instances_in_pages()
    {
        var group = (await sandbox.Cli.Run("autoscaling", "describe-auto-scaling-groups", "--auto-scaling-group-names", "workers"))["AutoScalingGroups"]!.AsArray().ShouldHaveSingleItem()!;
        group["MinSize"]!.GetValue<int>().ShouldBe(6);
        group["Instances"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(12);
        var first = group["Instances"]![0]!;
        first["LifecycleState"]!.GetValue<string>().ShouldBe("InService");
        first["LaunchTemplate"]!["Version"]!.GetValue<string>().ShouldBe("1");
        first["ImageId"]!.GetValue<string>().ShouldBe("ami-0aaaaaaaaaaaaaaa1");
        group["Tags"]![0]!["Value"]!.GetValue<string>().ShouldBe("platform");
        group["LaunchTemplate"]!["LaunchTemplateName"]!.GetValue<string>().ShouldBe("workers");

        var instances = await sandbox.Cli.Run("autoscaling", "describe-auto-scaling-instances", "--page-size", "5");
        instances["AutoScalingInstances"]!.AsArray().Select(instance => instance!["InstanceId"]!.GetValue<string>()).Distinct().Count().ShouldBeGreaterThanOrEqualTo(12);
        sandbox.Look(world => world.Log.Records.Count(call => call.Verb == "DescribeAutoScalingInstances")).ShouldBe(3);
    }

    [Fact]
    public async Task Processes_are_suspended_and_resumed()
    {
        await sandbox.Cli.Run("autoscaling", "suspend-processes", Name, "workers", "--scaling-processes", "AZRebalance", "ReplaceUnhealthy");
        sandbox.Look(world => world.Cloud.Groups["workers"].Suspended.Keys.ToArray()).ShouldBe(["AZRebalance", "AlarmNotification", "ReplaceUnhealthy"], ignoreOrder: true);
        await sandbox.Cli.Run("autoscaling", "resume-processes", Name, "workers", "--scaling-processes", "AZRebalance", "ReplaceUnhealthy");
        sandbox.Look(world => world.Cloud.Groups["workers"].Suspended.Keys.ToArray()).ShouldBe(["AlarmNotification"]);
    }

    [Fact]
    public async Task Limits_protection_and_termination_work_and_refusals_bear_their_codes()
    {
        await sandbox.Cli.Run("autoscaling", "update-auto-scaling-group", Name, "workers", "--max-size", "14", "--new-instances-protected-from-scale-in");
        var ids = sandbox.Look(world => world.Cloud.Members("workers").Select(instance => instance.Id).Take(2).ToArray());
        await sandbox.Cli.Run("autoscaling", "set-instance-protection", Name, "workers", "--protected-from-scale-in", "--instance-ids", ids[0], ids[1]);
        await sandbox.Cli.Run("autoscaling", "set-desired-capacity", Name, "workers", "--desired-capacity", "13");
        sandbox.Look(world => (world.Cloud.Groups["workers"].Max, world.Cloud.Groups["workers"].Desired, world.Cloud.Groups["workers"].ProtectNew)).ShouldBe((14, 13, true));
        sandbox.Look(world => ids.All(id => world.Cloud.Instances[id].Protected)).ShouldBeTrue();

        var activity = (await sandbox.Cli.Run("autoscaling", "terminate-instance-in-auto-scaling-group", "--instance-id", ids[0], "--should-decrement-desired-capacity"))["Activity"]!;
        activity["StatusCode"]!.GetValue<string>().ShouldBe("InProgress");
        activity["Cause"]!.GetValue<string>().ShouldContain("in response to a user request, shrinking the capacity from 13 to 12.");
        sandbox.Look(world => world.Cloud.Terminations.Single()).ShouldSatisfyAllConditions(
            termination => termination.Cause.ShouldBe(TerminationCause.UserRequest),
            termination => termination.Caller.ShouldBe("AKIAFLEETTEST0000001"));
        (await sandbox.Cli.Run("autoscaling", "describe-scaling-activities", Name, "workers", "--max-items", "3"))["Activities"]!.AsArray().Count.ShouldBe(3);

        (await sandbox.Cli.Fail("autoscaling", "set-desired-capacity", Name, "workers", "--desired-capacity", "99"))
            .ShouldContain("An error occurred (ValidationError) when calling the SetDesiredCapacity operation: New SetDesiredCapacity value 99 is above max value 14 for the AutoScalingGroup.");
        (await sandbox.Cli.Fail("autoscaling", "terminate-instance-in-auto-scaling-group", "--instance-id", "i-00000000000000000", "--no-should-decrement-desired-capacity"))
            .ShouldContain("No managed instance found for instance ID: i-00000000000000000");
    }

    [Fact]
    public async Task Tags_are_set_and_described()
    {
        await sandbox.Cli.Run("autoscaling", "create-or-update-tags", "--tags", "ResourceId=workers,ResourceType=auto-scaling-group,Key=fleet:pool,Value=workers,PropagateAtLaunch=false");
        var tags = (await sandbox.Cli.Run("autoscaling", "describe-tags", "--filters", "Name=auto-scaling-group,Values=workers"))["Tags"]!.AsArray();
        tags.Select(tag => tag!["Key"]!.GetValue<string>()).ShouldBe(["fleet:pool", "team"]);
    }

    [Theory]
    [InlineData("describe-warm-pool", "Instances")]
    [InlineData("describe-lifecycle-hooks", "LifecycleHooks")]
    public async Task What_the_group_does_not_have_is_empty(string command, string member) =>
        (await sandbox.Cli.Run("autoscaling", command, Name, "workers"))[member].ShouldBeOfType<JsonArray>().ShouldBeEmpty();
}
