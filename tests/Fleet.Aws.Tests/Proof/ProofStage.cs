using Fleet.Core.Images.Proof;
using Fleet.Core.Rotations;
using Fleet.Sandbox.Host;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Commands;
using Fleet.Simulation.Cloud.Hosts;
using Fleet.Simulation.Worlds;

namespace Fleet.Aws.Tests.Proof;

/// <summary>One booted instance of each of several images, on hosts that really run scripts; Run Command answers without delay.</summary>
internal sealed class ProofStage : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly AwsAccount _account;

    private ProofStage(SandboxHost host, AwsAccount account) => (_host, _account) = (host, account);

    public static HostFacts Good { get; } = new() { Kubelet = "1.33.2" };

    public World World => _host.World;

    public IInstanceScripts Scripts => _account.Scripts;

    public static async Task<ProofStage> OpenAsync(IReadOnlyDictionary<string, HostFacts> images)
    {
        var spec = new WorldSpec
        {
            Name = "proof",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
            Images = [.. images.Keys.Select(name => new ImageSpec { Id = $"ami-{name}" })],
            Templates = [.. images.Keys.Select(name => new TemplateSpec { Name = name, ImageId = $"ami-{name}", InstanceType = "m5.large" })],
            Groups = [.. images.Keys.Select(name => new GroupSpec { Name = name, Template = name, Desired = 1 })],
        };
        var world = WorldBuilder.Build(spec, seed: 11, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        foreach (var (name, facts) in images)
        {
            world.Cloud.Put(world.Cloud.Images[$"ami-{name}"] with { Host = facts });
        }

        world.Cloud.Commands.Timings = new CommandTimings { Visible = TimeSpan.Zero, Delivery = TimeSpan.Zero };
        var host = await SandboxHost.StartAsync(new SandboxOptions { World = world });
        return new ProofStage(host, new AwsAccount(new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret", Timeout = TimeSpan.FromMinutes(1) }, TimeProvider.System));
    }

    public ProofOrder Order(string image) => new()
    {
        Run = "20260301t020000z-7f3a9c",
        Instance = InstanceOf(image),
        Expectation = new ProofExpectation { Kubernetes = "1.33.2", Containerd = "1.7.27", Runc = "1.2.6", RootDevice = "/dev/xvda", RootGiB = 20 },
    };

    /// <summary>Proves to the end, as a run does: a call that AWS refused or lost is made again in the next round.</summary>
    /// <param name="order">What is proved.</param>
    /// <param name="twice">Whether each step is done twice, as by one who dies before it is recorded and by his successor.</param>
    public async Task<ProofState> ProveAsync(ProofOrder order, bool twice = false)
    {
        var state = Prover.Begin(_host.Clock.GetUtcNow());
        while (!state.Ended)
        {
            try
            {
                if (twice)
                {
                    await Prover.StepAsync(order, state, Scripts, _host.Clock.GetUtcNow(), default);
                }

                state = (await Prover.StepAsync(order, state, Scripts, _host.Clock.GetUtcNow(), default)).State;
            }
            catch (CloudRefusedException refused) when (refused.Code is "busy" or "unreachable")
            {
                continue;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        return state;
    }

    public async ValueTask DisposeAsync()
    {
        _account.Dispose();
        await _host.DisposeAsync();
    }

    private string InstanceOf(string image)
    {
        lock (World.Gate)
        {
            return World.Cloud.Members(image).Single().Id;
        }
    }
}
