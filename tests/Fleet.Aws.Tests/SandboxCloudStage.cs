using Fleet.Contracts;
using Fleet.Contracts.Cloud;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Sandbox.Aws.Iam;
using Fleet.Sandbox.Host;
using Fleet.Simulation;

namespace Fleet.Aws.Tests;

/// <summary>The ports over the wire: the official clients' shapes against the sandbox.</summary>
public sealed class SandboxCloudStage : ICloudStage
{
    private readonly SandboxHost _host;
    private readonly AwsOptions _options;
    private readonly AwsAccount _account;
    private readonly List<AwsAccount> _others = [];

    private SandboxCloudStage(SandboxHost host, AwsOptions options) => (_host, _options, _account) = (host, options, new AwsAccount(options, host.Clock));

    public World World => _host.World;

    public IScalingGroups Groups => _account.Groups;

    public ILaunchTemplates Templates => _account.Templates;

    public IMachineImages Images => _account.Images;

    public IInstances Instances => _account.Instances;

    public IImageCatalog Catalog => _account.Catalog;

    public IJoinParameters JoinParameters => _account.JoinParameters;

    public IKmsKeys Keys => _account.Keys;

    public IImageCatalog CatalogIn(string region)
    {
        _others.Add(new AwsAccount(_options with { Region = region }, _host.Clock));
        return _others[^1].Catalog;
    }

    public static Task<SandboxCloudStage> OpenAsync() => OpenAsync(StageWorld.Build(), [], options => options);

    public static async Task<SandboxCloudStage> OpenAsync(World world, IReadOnlyList<IamRole> roles, Func<AwsOptions, AwsOptions> change)
    {
        var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Roles = roles });
        var options = new AwsOptions
        {
            Region = "eu-central-1",
            Endpoint = host.AwsEndpoint,
            AccessKeyId = "fleet",
            SecretAccessKey = "not-a-secret",
            Retries = 1,
            Timeout = TimeSpan.FromSeconds(5),
        };
        return new SandboxCloudStage(host, change(options));
    }

    /// <summary>The sandbox's world follows the wall clock; here its agenda is run ahead instead of waited for.</summary>
    public Task UntilAsync(Func<World, bool> so)
    {
        VirtualTime.Until(World, so);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _account.Dispose();
        _others.ForEach(other => other.Dispose());
        await _host.DisposeAsync();
    }
}
