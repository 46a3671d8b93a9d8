using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Sdk.Tests.Aws;
using AutoScalingLaunchTemplate = Amazon.AutoScaling.Model.LaunchTemplateSpecification;
using AutoScalingTag = Amazon.AutoScaling.Model.Tag;
using Ec2Tag = Amazon.EC2.Model.Tag;

namespace Fleet.Sdk.Tests.Moto;

/// <summary>A launch template of two versions, a group of three instances and a parameter, made in moto through the clients.</summary>
public sealed class MotoWorld : IAsyncLifetime
{
    public MotoServer Server { get; } = new();

    public string ImageId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        using var ec2 = (AmazonEC2Client)ServiceUnderTest.All["ec2"].Client(Server.Url);
        var images = await ec2.DescribeImagesAsync(new DescribeImagesRequest { Owners = ["amazon"] });
        ImageId = images.Images![0].ImageId;
        var template = await ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = "workers",
            ClientToken = "token-1",
            LaunchTemplateData = Data(Convert.ToBase64String("#!/bin/sh\n"u8)),
            TagSpecifications = [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.LaunchTemplate, Tags = [new Ec2Tag { Key = "pool", Value = "a" }] }],
        });
        await ec2.CreateLaunchTemplateVersionAsync(new CreateLaunchTemplateVersionRequest
        {
            LaunchTemplateId = template.LaunchTemplate.LaunchTemplateId,
            ClientToken = "token-2",
            VersionDescription = "second & last",
            // moto 5.2 fails at a launch from a later version with user data.
            LaunchTemplateData = Data(userData: null),
        });
        await CreateGroupAsync();
        using var ssm = (AmazonSimpleSystemsManagementClient)ServiceUnderTest.All["ssm"].Client(Server.Url);
        await ssm.PutParameterAsync(new PutParameterRequest { Name = "/images/worker", Value = ImageId, Type = ParameterType.String, Description = "ü" });
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    private async Task CreateGroupAsync()
    {
        using var autoScaling = (AmazonAutoScalingClient)ServiceUnderTest.All["autoscaling"].Client(Server.Url);
        await autoScaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = "workers",
            MinSize = 1,
            MaxSize = 5,
            DesiredCapacity = 3,
            AvailabilityZones = ["eu-west-1a"],
            LaunchTemplate = new AutoScalingLaunchTemplate { LaunchTemplateName = "workers", Version = "2" },
            Tags = [new AutoScalingTag { Key = "cluster", Value = "blue", PropagateAtLaunch = true, ResourceId = "workers", ResourceType = "auto-scaling-group" }],
        });
        await autoScaling.SuspendProcessesAsync(new SuspendProcessesRequest { AutoScalingGroupName = "workers", ScalingProcesses = ["AZRebalance"] });
    }

    private RequestLaunchTemplateData Data(string? userData) => new()
    {
        ImageId = ImageId,
        InstanceType = InstanceType.M5Large,
        UserData = userData,
        EbsOptimized = true,
        Monitoring = new LaunchTemplatesMonitoringRequest { Enabled = false },
        BlockDeviceMappings =
        [
            new LaunchTemplateBlockDeviceMappingRequest
            {
                DeviceName = "/dev/xvda",
                Ebs = new LaunchTemplateEbsBlockDeviceRequest { VolumeSize = 30, VolumeType = VolumeType.Gp3, DeleteOnTermination = true },
            },
        ],
        TagSpecifications =
        [
            new LaunchTemplateTagSpecificationRequest { ResourceType = Amazon.EC2.ResourceType.Instance, Tags = [new Ec2Tag { Key = "name", Value = "a worker" }] },
        ],
    };
}
