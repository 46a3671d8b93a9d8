using System.Collections.Immutable;
using Fleet.Core.Images.Builds;
using Fleet.Core.Rotations;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Aws.Tests.Proof;

/// <summary>How EC2 refuses the instance that is to prove an image, and what of that a wait may cure.</summary>
public sealed class RefusedLaunchTests
{
    private const string Image = "ami-0aaaaaaaaaaaaaaaa";

    private static readonly InstanceOrder Order = new() { ImageId = Image, InstanceType = "m6i.large", InstanceProfile = "fleet-proof", Tags = ImmutableSortedDictionary<string, string>.Empty, Token = "run-1-proof" };

    [Fact]
    public async Task Want_of_capacity_and_an_image_that_is_not_known_everywhere_yet_may_pass_and_the_rest_does_not()
    {
        var world = WorldBuilder.Build(new WorldSpec { Name = "refused", InstanceTypes = [new NodeProfile { InstanceType = "m6i.large" }], Images = [new ImageSpec { Id = Image }] }, seed: 3, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        world.Cloud.Outages.Add(new CapacityOutage(world.Cloud.Zones[2], world.Now, world.Now + TimeSpan.FromDays(1)));
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world });
        using var account = new AwsAccount(new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret", Timeout = TimeSpan.FromMinutes(1) }, TimeProvider.System);

        (await CodeAsync(Order with { Subnet = "subnet-0123456789abcdef0" })).ShouldBe("not-found");
        (await CodeAsync(Order with { Subnet = world.Cloud.Addresses.SubnetOf(world.Cloud.Zones[2]) })).ShouldBe("busy");
        (await CodeAsync(Order with { ImageId = "ami-0bbbbbbbbbbbbbbbb" })).ShouldBe("busy");
        lock (world.Gate)
        {
            world.Faults.Next("RunInstances", WorldFaultKind.Denied);
        }

        (await CodeAsync(Order)).ShouldBe("denied");
        world.Cloud.Launches.ShouldBe(0);

        async Task<string> CodeAsync(InstanceOrder order) => (await Should.ThrowAsync<CloudRefusedException>(() => account.Builds.LaunchAsync(order, default))).Code;
    }
}
