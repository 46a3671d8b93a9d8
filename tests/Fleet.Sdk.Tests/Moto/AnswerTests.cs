using System.Text.Json;
using Fleet.Sdk.Tests.Aws;
using Fleet.Sdk.Tests.Wire;

namespace Fleet.Sdk.Tests.Moto;

public sealed class AnswerTests(MotoWorld world) : IClassFixture<MotoWorld>
{
    [Theory]
    [InlineData("ec2", "DescribeAvailabilityZones", "{}")]
    [InlineData("ec2", "DescribeImages", """{"Owners": ["amazon"]}""")]
    [InlineData("ec2", "DescribeInstanceTypes", """{"InstanceTypes": ["m5.large", "m6g.large"]}""")]
    [InlineData("ec2", "DescribeInstances", """{"Filters": [{"Name": "instance-state-name", "Values": ["pending", "running"]}]}""")]
    [InlineData("ec2", "DescribeLaunchTemplateVersions", """{"LaunchTemplateName": "workers", "Versions": ["1", "2"]}""")]
    [InlineData("ec2", "DescribeLaunchTemplates", """{"LaunchTemplateNames": ["workers"]}""")]
    [InlineData("ec2", "DescribeSubnets", "{}")]
    [InlineData("autoscaling", "DescribeAutoScalingGroups", """{"AutoScalingGroupNames": ["workers"]}""")]
    [InlineData("autoscaling", "DescribeAutoScalingInstances", "{}")]
    [InlineData("autoscaling", "DescribeLifecycleHooks", """{"AutoScalingGroupName": "workers"}""")]
    [InlineData("autoscaling", "DescribeScalingActivities", """{"AutoScalingGroupName": "workers"}""")]
    [InlineData("autoscaling", "DescribeTags", "{}")]
    [InlineData("ssm", "GetParameter", """{"Name": "/images/worker"}""")]
    [InlineData("ssm", "GetParameters", """{"Names": ["/images/worker", "/images/none"]}""")]
    public async Task An_answer_of_moto_reads_as_the_aws_command_reads_it(string command, string operation, string arguments)
    {
        var service = ServiceUnderTest.All[command];
        using var client = service.Client(world.Server.Url);
        var printed = await new AwsCli(world.Server.Url).RunAsync(command, ServiceUnderTest.CliName(operation), "--cli-input-json", arguments);

        var response = await service.CallAsync(client, operation, JsonDocument.Parse(arguments).RootElement);

        response.HttpStatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        var comparer = new AnswerComparer(command, operation);
        comparer.Differences(printed, response).ShouldBeEmpty();
        comparer.Unprinted.ShouldBeEmpty();
    }
}
