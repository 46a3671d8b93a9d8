using Amazon;
using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Images.Proof;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;

namespace Fleet.Aws;

/// <summary>One account and region of AWS: the ports of Core behind the official clients. Nothing is sent before the first use.</summary>
public sealed class AwsAccount : IDisposable
{
    private readonly List<IDisposable> _clients = [];

    /// <summary>Prepares the clients.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Clock by which the token buckets refill: policy time, which follows a sandbox's.</param>
    /// <exception cref="CloudRefusedException">No credentials can be found.</exception>
    public AwsAccount(AwsOptions options, TimeProvider clock)
    {
        CallTelemetryCustomizer.Register();
        var credentials = CredentialsOf(options);
        if (options.RoleArn is not null)
        {
            credentials = new AssumedRole(Tokens(credentials), options);
        }

        var calls = new AwsCalls(new CallBudget(clock));
        var ec2 = Keep(credentials is null ? new AmazonEC2Client(Configured(new AmazonEC2Config(), options)) : new AmazonEC2Client(credentials, Configured(new AmazonEC2Config(), options)));
        var ssm = Systems(options);
        var once = options with { Retries = 0, Transport = SingleAttempt.Around(options.Transport) };
        var scaling = Scaling(options);
        Groups = new AwsScalingGroups(scaling, Scaling(once), calls);
        Templates = new AwsLaunchTemplates(ec2, calls);
        Images = new AwsMachineImages(ec2, ssm, calls);
        var instances = new AwsInstances(ec2, Tokens(credentials), calls);
        Instances = instances;
        Builds = new AwsBuildCloud(ec2, instances, calls, credentials, clock);
        Catalog = new AwsImageCatalog(ec2, ssm, new AwsImageUses(ec2, scaling, ssm, calls), instances, calls, options.Region);
        Scripts = new AwsInstanceScripts(Systems(once), ssm, calls);
        Keys = new AwsKmsKeys(Keep(credentials is null ? new AmazonKeyManagementServiceClient(Configured(new AmazonKeyManagementServiceConfig(), options)) : new AmazonKeyManagementServiceClient(credentials, Configured(new AmazonKeyManagementServiceConfig(), options))), instances, calls);
        JoinParameters = new AwsJoinParameters(ssm, instances, calls);

        AmazonSecurityTokenServiceClient Tokens(AWSCredentials? with) => Keep(with is null
            ? new AmazonSecurityTokenServiceClient(Configured(new AmazonSecurityTokenServiceConfig(), options))
            : new AmazonSecurityTokenServiceClient(with, Configured(new AmazonSecurityTokenServiceConfig(), options)));

        AmazonSimpleSystemsManagementClient Systems(AwsOptions how)
        {
            var configuration = Configured(new AmazonSimpleSystemsManagementConfig(), how);
            return Keep(credentials is null ? new AmazonSimpleSystemsManagementClient(configuration) : new AmazonSimpleSystemsManagementClient(credentials, configuration));
        }

        AmazonAutoScalingClient Scaling(AwsOptions how)
        {
            var configuration = Configured(new AmazonAutoScalingConfig(), how);
            return Keep(credentials is null ? new AmazonAutoScalingClient(configuration) : new AmazonAutoScalingClient(credentials, configuration));
        }
    }

    /// <summary>Auto Scaling groups.</summary>
    public IScalingGroups Groups { get; }

    /// <summary>Launch templates.</summary>
    public ILaunchTemplates Templates { get; }

    /// <summary>Images and instance types.</summary>
    public IMachineImages Images { get; }

    /// <summary>The account's own images in the region, and what needs them.</summary>
    public IImageCatalog Catalog { get; }

    /// <summary>Keys of AWS KMS.</summary>
    public IKmsKeys Keys { get; }

    /// <summary>Instances and the caller.</summary>
    public IInstances Instances { get; }

    /// <summary>What image builds need.</summary>
    public IBuildCloud Builds { get; }

    /// <summary>Scripts on instances.</summary>
    public IInstanceScripts Scripts { get; }

    /// <summary>SecureStrings from which new nodes read how they join.</summary>
    public IJoinParameters JoinParameters { get; }

    /// <inheritdoc/>
    public void Dispose() => _clients.ForEach(client => client.Dispose());

    internal static AWSCredentials? CredentialsOf(AwsOptions options) => options switch
    {
        { AccessKeyId: { } id, SecretAccessKey: { } secret, SessionToken: { } token } => new SessionAWSCredentials(id, secret, token),
        { AccessKeyId: { } id, SecretAccessKey: { } secret } => new BasicAWSCredentials(id, secret),
        _ => null,
    };

    internal static T Configured<T>(T configuration, AwsOptions options)
        where T : ClientConfig
    {
        if (options.Endpoint is { } endpoint)
        {
            configuration.ServiceURL = endpoint.AbsoluteUri;
        }
        else
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        // An address names no region: also one from the environment, which the SDK finds only later.
        configuration.AuthenticationRegion = options.Region;
        configuration.RetryMode = RequestRetryMode.Standard;
        configuration.MaxErrorRetry = options.Retries;
        configuration.Timeout = options.Timeout;
        if (options.Transport is { } transport)
        {
            configuration.HttpClientFactory = new WrappedTransport(transport);
        }

        return configuration;
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
