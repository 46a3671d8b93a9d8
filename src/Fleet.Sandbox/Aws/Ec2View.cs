using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The world's EC2 records as the API shows them.</summary>
internal static class Ec2View
{
    private const string Vpc = "vpc-00000000000000001";

    public static JsonObject Template(LaunchTemplate template) => Of(
        ("LaunchTemplateId", template.Id),
        ("LaunchTemplateName", template.Name),
        ("CreateTime", Time(template.Created)),
        ("CreatedBy", template.CreatedBy),
        ("DefaultVersionNumber", template.Default),
        ("LatestVersionNumber", template.Latest),
        ("Tags", Tags(template.Tags)));

    public static JsonObject Version(LaunchTemplate template, LaunchTemplateVersion version) => Of(
        ("LaunchTemplateId", template.Id),
        ("LaunchTemplateName", template.Name),
        ("VersionNumber", version.Number),
        ("VersionDescription", version.Description),
        ("CreateTime", Time(version.Created)),
        ("CreatedBy", version.CreatedBy),
        ("DefaultVersion", version.Number == template.Default),
        ("LaunchTemplateData", version.Data.DeepClone()));

    public static JsonObject Reservation(World world, Instance instance) => Reservation(world, [instance]);

    public static JsonObject Reservation(World world, IReadOnlyList<Instance> instances) => Of(
        ("ReservationId", "r-" + instances[0].Id[2..]),
        ("OwnerId", world.Cloud.Account),
        ("Instances", List(instances, instance => Instance(world, instance))));

    public static JsonObject InstanceType(NodeProfile profile) => Of(
        ("InstanceType", profile.InstanceType),
        ("CurrentGeneration", true),
        ("ProcessorInfo", Of(("SupportedArchitectures", List([profile.Architecture], architecture => architecture)))),
        ("VCpuInfo", Of(("DefaultVCpus", profile.Allocatable.MilliCpu / 1000))),
        ("MemoryInfo", Of(("SizeInMiB", profile.Allocatable.MemoryBytes >> 20))));

    public static JsonObject Subnet(World world, string zone) => Of(
        ("SubnetId", world.Cloud.Addresses.SubnetOf(zone)),
        ("AvailabilityZone", zone),
        ("VpcId", Vpc),
        ("State", "available"),
        ("CidrBlock", world.Cloud.Addresses.CidrOf(zone)),
        ("AvailableIpAddressCount", 16000 - world.Cloud.Instances.Values.Count(instance => instance.Zone == zone && instance.State != InstanceState.Terminated)));

    public static JsonObject State(string state) => Of(("Code", InstanceState.CodeOf(state)), ("Name", state));

    private static JsonObject Instance(World world, Instance instance)
    {
        var gone = instance.State == InstanceState.Terminated;
        return Of(
            ("InstanceId", instance.Id),
            ("ImageId", instance.ImageId),
            ("InstanceType", instance.InstanceType),
            ("Architecture", world.Cloud.ProfileOf(instance).Architecture),
            ("LaunchTime", Time(instance.Launched)),
            ("Placement", Of(("AvailabilityZone", instance.Zone), ("Tenancy", "default"))),
            ("PrivateDnsName", gone ? "" : instance.PrivateDnsName),
            ("PrivateIpAddress", gone ? null : instance.PrivateIp),
            ("SubnetId", gone ? null : world.Cloud.Addresses.SubnetOf(instance.Zone)),
            ("VpcId", gone ? null : Vpc),
            ("State", State(instance.State)),
            ("StateReason", gone ? Of(("Code", "Client.UserInitiatedShutdown"), ("Message", "Client.UserInitiatedShutdown: User initiated shutdown")) : null),
            ("RootDeviceName", world.Cloud.Images.GetValueOrDefault(instance.ImageId)?.RootDevice ?? "/dev/xvda"),
            ("RootDeviceType", "ebs"),
            ("Tags", Tags(instance.Tags)));
    }
}
