using Fleet.Sandbox.Host;
using Fleet.Sandbox.WorldFile;
using Fleet.Simulation;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.Aws;

/// <summary>The demonstration's world on the wire for one test class, at a hundred times the speed of life.</summary>
public sealed class AwsSandbox : IAsyncLifetime
{
    private SandboxHost? _host;

    public World World => _host!.World;

    internal AwsCli Cli => new(_host!.AwsEndpoint);

    internal Uri Endpoint => _host!.AwsEndpoint;

    public async Task InitializeAsync()
    {
        var world = WorldBuilder.Build(WorldFileReader.Demo(), seed: 7, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        _host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = 100 });
    }

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    internal T Look<T>(Func<World, T> look)
    {
        lock (World.Gate)
        {
            return look(World);
        }
    }
}
