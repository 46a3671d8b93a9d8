using Fleet.Cli.Demo;
using Fleet.Hosting.Time;
using Fleet.Sandbox.Host;
using Fleet.Sandbox.WorldFile;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Tests.Demo;

/// <summary>The demonstration reaches its world over TCP alone: nothing that it hands to the rotation comes from the simulation.</summary>
public sealed class CompositionTests
{
    [Fact]
    public async Task No_port_of_the_demonstration_holds_anything_of_the_simulation()
    {
        var spec = WorldFileReader.Demo();
        var options = new SandboxOptions { World = WorldBuilder.Build(spec, seed: 1, TimeProvider.System.GetUtcNow()), Speed = 60 };
        await using var session = await DemoSession.StartAsync(options, DemoPool.Of(spec), seed: 1, CancellationToken.None);

        // Once in use, clients and caches are there too.
        var ports = session.Connection.Ports(session.Store);
        await ports.Cluster.ViewAsync(CancellationToken.None);
        await ports.Groups.DescribeAsync(["workers"], CancellationToken.None);

        var held = Held(ports);
        held.ShouldContain("Fleet.Aws");
        held.ShouldContain("Fleet.Kubernetes");
        held.ShouldContain("Fleet.Storage");
        held.ShouldContain(typeof(PolicyClock).Assembly.GetName().Name!);
        held.ShouldNotContain("Fleet.Simulation");
        held.ShouldNotContain("Fleet.Sandbox");
    }

    [Fact]
    public void A_port_of_the_simulation_would_be_found_even_behind_a_wrapper()
    {
        var world = WorldBuilder.Build(WorldFileReader.Demo(), seed: 1, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var instances = new SimulatedInstances(world);

        Held(new Wrapper(() => instances.AccountAsync(CancellationToken.None))).ShouldContain("Fleet.Simulation");
        Held(new Wrapper(() => Task.FromResult("123456789012"))).ShouldNotContain("Fleet.Simulation");
    }

    private static HashSet<string> Held(object root) => [.. Reachable.From(root).Select(one => one.GetType().Assembly.GetName().Name!)];

    private sealed record Wrapper(Func<Task<string>> Inner);
}
