using System.Collections.Immutable;
using Fleet.Sandbox.Host;
using Fleet.Sandbox.Tests.Aws;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cloud.Commands;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.Hosts;

/// <summary>Three booted workers on the wire for one test class, at a hundred times the speed of life, with the aws command line to send commands by.</summary>
public sealed class HostSandbox : IAsyncLifetime
{
    private SandboxHost? _host;

    public World World => _host!.World;

    internal AwsCli Cli => new(_host!.AwsEndpoint);

    internal SandboxHost Host => _host!;

    public async Task InitializeAsync()
    {
        var spec = new WorldSpec
        {
            Name = "hosts",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
            Images = [new ImageSpec { Id = "ami-0aaaaaaaaaaaaaaa1" }],
            Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-0aaaaaaaaaaaaaaa1", InstanceType = "m5.large" }],
            Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 3, Max = 6 }],
        };
        _host = await SandboxHost.StartAsync(new SandboxOptions { World = WorldBuilder.Build(spec, seed: 7, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero)), Speed = 100 });
    }

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    internal T Look<T>(Func<World, T> look)
    {
        lock (World.Gate)
        {
            return look(World);
        }
    }

    internal string Instance(int index) => Look(world => world.Cloud.Members("workers").OrderBy(instance => instance.Number).ElementAt(index).Id);

    /// <summary>Sends a script to an instance and waits for its end.</summary>
    internal async Task<CommandInvocation> Run(string instance, string script, int executionTimeout = 600) => await Ended(Send(instance, script, executionTimeout), instance);

    /// <summary>Sends a script to an instance.</summary>
    /// <returns>The command's id.</returns>
    internal string Send(string instance, string script, int executionTimeout = 600, string comment = "test")
    {
        var parameters = new Dictionary<string, ImmutableArray<string>> { ["commands"] = [script], ["executionTimeout"] = [executionTimeout.ToString()] }.ToImmutableSortedDictionary(StringComparer.Ordinal);
        Host.Clock.Advance();
        return new CloudApi(World, "AKIAFLEETTEST0000001").SendCommand(new CommandRequest { Document = "AWS-RunShellScript", Parameters = parameters, InstanceIds = [instance], Comment = comment }).Id;
    }

    internal Task<CommandInvocation> Ended(string command, string instance) => Reached(command, instance, CommandStatus.IsFinal);

    internal async Task<CommandInvocation> Reached(string command, string instance, Func<string, bool> there)
    {
        // Only against a wait without end: what is waited for comes in less than a second.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (Look(world => world.Cloud.Commands.Find(command, instance)) is { } invocation && there(invocation.Status) && Look(world => invocation.VisibleFrom <= world.Now))
            {
                return invocation;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, limit.Token);
            Host.Clock.Advance();
        }
    }
}
