using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Fleet.Contracts.Cloud;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Sdk.Tests.Wire;
using AutoScalingLaunchTemplate = Amazon.AutoScaling.Model.LaunchTemplateSpecification;
using AutoScalingTag = Amazon.AutoScaling.Model.Tag;
using Ec2Tag = Amazon.EC2.Model.Tag;

namespace Fleet.Aws.Tests.Servers;

/// <summary>A template, a group of three instances and a parameter of one test's own on a server, all bearing the same name and the tag <c>fleet-test</c>.</summary>
internal sealed class ServerAccount : ICloudAccount
{
    private const string Region = AwsCli.Region;
    private const string Zone = Region + "a";
    private readonly AwsAccount _account;
    private readonly AmazonAutoScalingClient _scaling;
    private readonly AmazonEC2Client _ec2;
    private readonly AmazonSimpleSystemsManagementClient _parameters;
    private readonly AwsCli _command;
    private readonly ServerKeys _keys;
    private readonly CloudServer _server;

    private ServerAccount(CloudServer server, string name)
    {
        _server = server;
        var (key, secret) = (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") ?? "fleet", Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY") ?? "not-a-secret");
        var credentials = new BasicAWSCredentials(key, secret);
        _scaling = new AmazonAutoScalingClient(credentials, Configured(new AmazonAutoScalingConfig()));
        _ec2 = new AmazonEC2Client(credentials, Configured(new AmazonEC2Config()));
        _parameters = new AmazonSimpleSystemsManagementClient(credentials, Configured(new AmazonSimpleSystemsManagementConfig()));
        _keys = new ServerKeys(new AmazonKeyManagementServiceClient(credentials, Configured(new AmazonKeyManagementServiceConfig())), name);
        _command = new AwsCli(server.Endpoint.AbsoluteUri, key, secret);
        _account = new AwsAccount(new AwsOptions { Region = Region, Endpoint = server.Endpoint, AccessKeyId = key, SecretAccessKey = secret, Retries = 0 }, TimeProvider.System);
    }

    public IScalingGroups Groups => _account.Groups;

    public ILaunchTemplates Templates => _account.Templates;

    public IMachineImages Images => _account.Images;

    public IInstances Instances => _account.Instances;

    public IImageCatalog Catalog => _account.Catalog;

    public IJoinParameters JoinParameters => _account.JoinParameters;

    public IKmsKeys Keys => _account.Keys;

    public CloudFacts Facts { get; private set; } = null!;

    public static async Task<ICloudAccount> OpenAsync(CloudServer server)
    {
        var name = $"fleet-test-{Guid.NewGuid():n}";
        var account = new ServerAccount(server, name);
        await account.MakeAsync(name);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsMoto)
        {
            await RemoveAsync();
        }

        _account.Dispose();
        _scaling.Dispose();
        _ec2.Dispose();
        _parameters.Dispose();
        _keys.Dispose();
    }

    private T Configured<T>(T configuration)
        where T : ClientConfig
    {
        configuration.ServiceURL = _server.Endpoint.AbsoluteUri;
        configuration.AuthenticationRegion = Region;
        return configuration;
    }

    private async Task MakeAsync(string name)
    {
        var owner = await Instances.AccountAsync(CancellationToken.None);
        await _keys.MakeAsync(owner);
        var images = await _server.ImagesAsync(_ec2);
        Facts = new CloudFacts
        {
            Group = name,
            TemplateName = name,
            OldImage = images[0],
            NewImage = images[1],
            Parameter = $"/{name}/worker",
            ParameterPath = $"/{name}",
            Region = Region,
            InstanceType = "m5.large",
            Zones = 1,
            Tag = ("fleet-test", "true"),
            Key = _keys.Encrypting,
            DisabledKey = _keys.Disabled,
            SigningKey = _keys.Signing,
            Grantee = ServerKeys.GranteeIn(owner),
        };
        await _parameters.PutParameterAsync(new PutParameterRequest { Name = Facts.Parameter, Value = Facts.NewImage, Type = ParameterType.String });
        await _ec2.CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = name,
            ClientToken = name,
            LaunchTemplateData = new RequestLaunchTemplateData { ImageId = Facts.OldImage, InstanceType = InstanceType.M5Large, EbsOptimized = true },
            TagSpecifications = [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.LaunchTemplate, Tags = [new Ec2Tag { Key = Facts.Tag.Key, Value = Facts.Tag.Value }] }],
        });
        await _scaling.CreateAutoScalingGroupAsync(new CreateAutoScalingGroupRequest
        {
            AutoScalingGroupName = name,
            MinSize = 1,
            MaxSize = 5,
            DesiredCapacity = 3,
            AvailabilityZones = [Zone],
            LaunchTemplate = new AutoScalingLaunchTemplate { LaunchTemplateName = name, Version = "1" },
            Tags = [new AutoScalingTag { Key = Facts.Tag.Key, Value = Facts.Tag.Value, PropagateAtLaunch = true, ResourceId = name, ResourceType = "auto-scaling-group" }],
        });
        await ServesAsync();
    }

    /// <summary>moto serves at once; other servers take their time.</summary>
    private async Task ServesAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        while ((await Groups.DescribeAsync([Facts.Group], limit.Token)).Sum(group => group.Instances.Count(instance => instance.InService)) < 3)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, limit.Token);
        }
    }

    private async Task RemoveAsync()
    {
        await _scaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = Facts.Group, ForceDelete = true });
        await _parameters.DeleteParameterAsync(new DeleteParameterRequest { Name = Facts.Parameter });

        await _keys.RemoveAsync();

        // The clients have no call for it.
        await _command.RunAsync("ec2", "delete-launch-template", "--launch-template-name", Facts.TemplateName);
    }
}
