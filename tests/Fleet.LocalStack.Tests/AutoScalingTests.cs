using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using AutoScalingLaunchTemplate = Amazon.AutoScaling.Model.LaunchTemplateSpecification;

namespace Fleet.LocalStack.Tests;

[Collection(nameof(LocalStackSuite))]
public sealed class AutoScalingTests(LocalStack localStack) : IDisposable
{
    private readonly AmazonAutoScalingClient autoScaling = new(LocalStack.Credentials, localStack.Configure(new AmazonAutoScalingConfig()));
    private readonly AmazonEC2Client ec2 = new(LocalStack.Credentials, localStack.Configure(new AmazonEC2Config()));

    public void Dispose()
    {
        autoScaling.Dispose();
        ec2.Dispose();
    }

    [TokenFact]
    public async Task A_group_reads_back_with_its_template_and_capacity()
    {
        await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "groups",
            ClientToken = "groups-1",
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-00000001", InstanceType = InstanceType.M5Large },
        });
        await autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "groups",
            MinSize = 0,
            MaxSize = 3,
            DesiredCapacity = 0,
            AvailabilityZones = ["eu-west-1a"],
            LaunchTemplate = new AutoScalingLaunchTemplate { LaunchTemplateName = "groups", Version = "1" },
        });

        var read = await autoScaling.DescribeAutoScalingGroupsAsync(new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = ["groups"] });

        var group = (read.AutoScalingGroups ?? []).Single();
        (group.MaxSize, group.DesiredCapacity, group.LaunchTemplate.Version).ShouldBe((3, 0, "1"));
    }
}
