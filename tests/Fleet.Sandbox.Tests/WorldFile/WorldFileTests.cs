using Fleet.Sandbox.WorldFile;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.WorldFile;

public sealed class WorldFileTests
{
    [Fact]
    public void All_mistakes_come_at_once_with_line_and_column()
    {
        const string Text = """
            apiVersion: fleet/v2
            kind: World
            metadata: {name: x, owner: me}
            spec:
              loadBalancerDelay: soon
              instanceTypes:
                - {name: m5.large, cpu: many}
              templates:
                - {name: t, image: ami-1, instanceType: m6.large}
              groups:
                - name: g
                  template: u
                  min: 3
                  max: 2
                  desired: 1
                  surge: 2
              budgets:
                - {name: b, workload: w}
              faults:
                calls:
                  - {fault: Meteor, rate: 2}
            """;
        var errors = Should.Throw<WorldFileException>(() => WorldFileReader.Read(Text)).Errors;
        errors.Select(error => $"{error.Line}:{error.Field}").ShouldBe(
        [
            "1:apiVersion", "3:metadata.owner", "5:spec.loadBalancerDelay", "7:spec.instanceTypes[0].cpu", "9:spec.templates[0].instanceType", "12:spec.groups[0].template", "15:spec.groups[0].desired",
            "16:spec.groups[0].surge", "18:spec.budgets[0].minAvailable", "18:spec.budgets[0].workload", "21:spec.faults.calls[0].fault", "21:spec.faults.calls[0].rate",
        ]);
        errors[2].ToString().ShouldBe("line 5, column 22: spec.loadBalancerDelay: must be a duration such as 90s, 15m, 1h30m or 250ms, is 'soon'");
        errors[7].Message.ShouldStartWith("is not known here; known are desired, healthCheck");
    }

    [Fact]
    public void Keys_are_in_their_regions_when_the_world_begins()
    {
        const string Text = """
            apiVersion: fleet/v1
            kind: World
            metadata: {name: keys}
            spec:
              keys:
                - id: 1234abcd-12ab-34cd-56ef-1234567890ab
                  aliases: [ALIAS]
                  policy: {Version: "2012-10-17", Statement: {Effect: Allow, Principal: "*", Action: kms:*, Resource: "*"}}
                  grants: [{grantee: "arn:aws:iam::123456789012:role/a", operations: [Decrypt, CreateGrant]}]
                - {id: 1234abcd-12ab-34cd-56ef-1234567890ac, region: eu-west-1, aliases: [alias/aws/ebs], managedByAws: true, state: Disabled}
            """;

        var world = WorldBuilder.Build(WorldFileReader.Read(Text.Replace("ALIAS", "alias/images", StringComparison.Ordinal)), seed: 1, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        var key = world.Cloud.FindKey("alias/images").ShouldNotBeNull();
        var grant = key.Grants.ShouldHaveSingleItem();
        (grant.Grantee, string.Join(' ', grant.Operations), key.State, key.Manager).ShouldBe(("arn:aws:iam::123456789012:role/a", "Decrypt CreateGrant", "Enabled", "CUSTOMER"));
        key.Policy.ShouldNotBeNull().ShouldContain("\"Action\":\"kms:*\"");
        world.Cloud.FindKey("alias/aws/ebs").ShouldBeNull();
        var other = world.CloudIn("eu-west-1").FindKey("alias/aws/ebs").ShouldNotBeNull();
        (other.Manager, other.State).ShouldBe(("AWS", "Disabled"));
        Should.Throw<WorldFileException>(() => WorldFileReader.Read(Text.Replace("ALIAS", "images", StringComparison.Ordinal))).Errors.ShouldHaveSingleItem().ToString().ShouldBe("line 7, column 16: spec.keys[0].aliases: 'images' does not begin with alias/");
    }

    [Fact]
    public void Broken_yaml_names_its_place() =>
        Should.Throw<WorldFileException>(() => WorldFileReader.Read("spec: [")).Errors.ShouldHaveSingleItem().Line.ShouldBeInRange(1, 2);

    [Fact]
    public void Something_else_than_a_mapping_is_refused() =>
        Should.Throw<WorldFileException>(() => WorldFileReader.Read("- 1")).Errors.ShouldHaveSingleItem().Message.ShouldStartWith("a world file is one YAML document");

    [Fact]
    public void The_demo_reads_as_written()
    {
        var spec = WorldFileReader.Demo();
        spec.Name.ShouldBe("demo");
        var type = spec.InstanceTypes.ShouldHaveSingleItem();
        (type.BootMean, type.BootDeviation).ShouldBe((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(20)));
        (type.Allocatable.MilliCpu, type.Allocatable.MemoryBytes).ShouldBe((3920, 14L << 30));
        spec.Templates[0].Data!["MetadataOptions"]!["HttpPutResponseHopLimit"]!.GetValue<long>().ShouldBe(1);
        spec.Workloads.Single(workload => workload.Kind == WorkloadKind.Job).Run.ShouldBe(TimeSpan.FromMinutes(10));
        spec.Faults.NeverBoots.ShouldBe([3]);
        spec.Rotation!.Groups.ShouldBe(["workers"]);
    }
}
