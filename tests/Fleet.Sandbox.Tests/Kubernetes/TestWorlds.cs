using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>Small worlds for the wire.</summary>
internal static class TestWorlds
{
    public static DateTimeOffset Start { get; } = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An empty cluster with the system namespaces.</summary>
    public static World Empty() => new(Start, 1);

    /// <summary>Three nodes in three zones, and nothing on them.</summary>
    public static World ThreeNodes() => WorldBuilder.Build(
        new WorldSpec
        {
            Name = "three",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.xlarge" }],
            Images = [new ImageSpec { Id = "ami-00000000000000001" }],
            Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-00000000000000001", InstanceType = "m5.xlarge" }],
            Groups = [new GroupSpec { Name = "workers", Template = "workers", Zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"], Desired = 3, Max = 3 }],
        },
        seed: 1,
        Start);
}
