using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

public sealed class RunInstancesTests
{
    private static readonly InstanceRequest Request = new()
    {
        ImageId = "ami-old",
        InstanceType = "m5.large",
        Profile = "fleet-proof",
        Tags = new Dictionary<string, string> { ["fleet:run"] = "run-1" },
        ClientToken = "run-1-proof",
    };

    [Fact(DisplayName = "An instance that is launched by itself is in no group and joins no cluster; with a profile its agent reports")]
    public void It_stands_alone()
    {
        var world = new CloudWorld();
        var (before, image) = (world.World.Cluster.Nodes.Objects.Count(), ImageOf(world));

        var managed = world.Api.RunInstances(Request with { ImageId = image, Subnet = world.Cloud.Addresses.SubnetOf("eu-central-1b") }).Single();
        var unmanaged = world.Api.RunInstances(Request with { ImageId = image, Profile = null, ClientToken = null }).Single();
        world.Run(TimeSpan.FromMinutes(10));

        (managed.Group, managed.Zone, managed.Tags["fleet:run"]).ShouldBe((null, "eu-central-1b", "run-1"));
        world.World.Cluster.Nodes.Objects.Count().ShouldBe(before);
        var known = world.Api.DescribeInstanceInformation().Items.Select(agent => agent.Instance.Id).ToList();
        known.ShouldContain(managed.Id);
        known.ShouldNotContain(unmanaged.Id);

        world.Api.TerminateInstances([managed.Id]);
        world.Run(TimeSpan.FromMinutes(1));
        world.Api.DescribeInstances([managed.Id]).Items.Single().State.ShouldBe(InstanceState.Terminated);
        world.InService.Count.ShouldBe(3);
    }

    [Fact(DisplayName = "RunInstances with a ClientToken is idempotent; other parameters with it are refused")]
    public void A_token_names_one_launch()
    {
        var world = new CloudWorld();
        var request = Request with { ImageId = ImageOf(world) };

        var first = world.Api.RunInstances(request).Single();

        world.Api.RunInstances(request).Single().Id.ShouldBe(first.Id);
        Should.Throw<CallRefusedException>(() => world.Api.RunInstances(request with { InstanceType = "m5.xlarge" })).Code.ShouldBe("IdempotentParameterMismatch");
        world.Cloud.Instances.Values.Count(instance => instance.Group is null).ShouldBe(1);
    }

    [Fact(DisplayName = "What EC2 refuses to launch: an image that is not there, a subnet that is not there, another architecture, no capacity")]
    public void Refusals()
    {
        var world = new CloudWorld();
        var request = Request with { ImageId = ImageOf(world), ClientToken = null };
        world.Cloud.Put(new NodeProfile { InstanceType = "m6g.large", Architecture = "arm64" });

        CodeOf(request with { ImageId = "ami-0000000000000dead" }).ShouldBe("InvalidAMIID.NotFound");
        CodeOf(request with { Subnet = "subnet-0123456789abcdef0" }).ShouldBe("InvalidSubnetID.NotFound");
        CodeOf(request with { InstanceType = "m6g.large" }).ShouldBe("InvalidParameterValue");
        world.Cloud.Outages.Add(new CapacityOutage("eu-central-1a", world.World.Now, world.World.Now.AddHours(1)));
        CodeOf(request).ShouldBe("InsufficientInstanceCapacity");
        world.Cloud.Instances.Values.ShouldAllBe(instance => instance.Group != null);

        string CodeOf(InstanceRequest asked) => Should.Throw<CallRefusedException>(() => world.Api.RunInstances(asked)).Code;
    }

    private static string ImageOf(CloudWorld world) => world.Cloud.Images.Values.First(image => image.State == "available").Id;
}
