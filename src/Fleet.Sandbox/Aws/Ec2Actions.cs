using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The EC2 operations that are served, by name: request document in, answer document out.</summary>
internal static class Ec2Actions
{
    private const string TemplateId = "LaunchTemplateId";
    private const string TemplateName = "LaunchTemplateName";

    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = new Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>>(ImageActions.All)
    {
        ["CreateLaunchTemplate"] = (api, _, request) => Of(("LaunchTemplate", Ec2View.Template(api.CreateLaunchTemplate(
            request.Need(TemplateName), Data(request), request.Text("VersionDescription"), request.Text("ClientToken"),
            TagMap((request["TagSpecifications"] as JsonArray)?.FirstOrDefault(spec => spec?["ResourceType"]?.GetValue<string>() == "launch-template")?["Tags"]))))),
        ["CreateLaunchTemplateVersion"] = (api, _, request) =>
        {
            var version = api.CreateLaunchTemplateVersion(request.Text(TemplateId), request.Text(TemplateName), Data(request), request.Text("SourceVersion"), request.Text("VersionDescription"), request.Text("ClientToken"));
            return Of(("LaunchTemplateVersion", Ec2View.Version(TemplateOf(api, request), version)));
        },
        ["ModifyLaunchTemplate"] = (api, _, request) => Of(("LaunchTemplate", Ec2View.Template(api.ModifyLaunchTemplate(request.Text(TemplateId), request.Text(TemplateName), request.Text("DefaultVersion") ?? "$Default")))),
        ["DeleteLaunchTemplateVersions"] = (api, _, request) =>
        {
            var deleted = api.DeleteLaunchTemplateVersions(request.Text(TemplateId), request.Text(TemplateName), request.Texts("Versions"));
            var template = TemplateOf(api, request);
            return Of(
                ("SuccessfullyDeletedLaunchTemplateVersions", List(deleted.Where(item => item.Error is null), item => Of((TemplateId, template.Id), (TemplateName, template.Name), ("VersionNumber", long.Parse(item.Version))))),
                ("UnsuccessfullyDeletedLaunchTemplateVersions", List(deleted.Where(item => item.Error is not null), item => Of((TemplateId, template.Id), (TemplateName, template.Name), ("ResponseError", Of(("Code", item.Error), ("Message", item.Error)))))));
        },
        ["DescribeLaunchTemplates"] = (api, _, request) =>
        {
            var page = api.DescribeLaunchTemplates(request.Texts("LaunchTemplateIds"), request.Texts("LaunchTemplateNames"), request.Text("NextToken"), request.Number("MaxResults") ?? 200);
            return Of(("LaunchTemplates", List(page.Items, Ec2View.Template)), ("NextToken", page.NextToken));
        },
        ["DescribeLaunchTemplateVersions"] = (api, _, request) =>
        {
            var page = api.DescribeLaunchTemplateVersions(request.Text(TemplateId), request.Text(TemplateName), request.Texts("Versions"), request.Flag("ResolveAlias") ?? false, request.Text("NextToken"), request.Number("MaxResults") ?? 200);
            return Of(("LaunchTemplateVersions", List(page.Items, version => Ec2View.Version(TemplateOf(api, request), version))), ("NextToken", page.NextToken));
        },
        ["DescribeInstances"] = (api, world, request) =>
        {
            var page = api.DescribeInstances(request.Texts("InstanceIds"), request.Filters(), request.Text("NextToken"), request.Number("MaxResults"));
            return Of(("Reservations", List(page.Items, instance => Ec2View.Reservation(world, instance))), ("NextToken", page.NextToken));
        },
        ["DescribeInstanceTypes"] = (api, _, request) => Of(("InstanceTypes", List(api.DescribeInstanceTypes(request.Texts("InstanceTypes")), Ec2View.InstanceType))),
        ["DescribeKeyPairs"] = (api, _, _) =>
        {
            api.DescribeNone("DescribeKeyPairs");
            return Of(("KeyPairs", new JsonArray()));
        },
        ["DescribeAvailabilityZones"] = (api, _, request) => Of(("AvailabilityZones", List(api.DescribeZones("DescribeAvailabilityZones", request.Texts("ZoneNames")), zone => Of(
            ("ZoneName", zone), ("RegionName", api.Cloud.Region), ("State", "available"), ("ZoneType", "availability-zone"))))),
        ["DescribeRegions"] = (api, world, _) => Of(("Regions", List(api.DescribeZones("DescribeRegions").Take(1), _ => Of(("RegionName", world.Cloud.Region), ("Endpoint", $"ec2.{world.Cloud.Region}.amazonaws.com"))))),
        ["DescribeSubnets"] = (api, world, request) => Of(("Subnets", List(api.DescribeZones("DescribeSubnets", request.Texts("SubnetIds")), zone => Ec2View.Subnet(world, zone)))),
        ["GetConsoleOutput"] = (api, world, request) => Of(
            ("InstanceId", request.Need("InstanceId")),
            ("Output", api.GetConsoleOutput(request.Need("InstanceId")) is { } output ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(output)) : null),
            ("Timestamp", Time(world.Now))),
        ["RunInstances"] = (api, world, request) => Ec2View.Reservation(world, api.RunInstances(new InstanceRequest
        {
            ImageId = request.Need("ImageId"),
            InstanceType = request.Text("InstanceType"),
            Subnet = request.Text("SubnetId"),
            Profile = (request["IamInstanceProfile"] as JsonObject) is { } profile ? profile.Text("Name") ?? profile.Text("Arn") : null,
            Tags = TagMap((request["TagSpecifications"] as JsonArray)?.FirstOrDefault(spec => spec?["ResourceType"]?.GetValue<string>() == "instance")?["Tags"]),
            MinCount = request.Number("MinCount") ?? 1,
            MaxCount = request.Number("MaxCount") ?? 1,
            ClientToken = request.Text("ClientToken"),
        })),
        ["TerminateInstances"] = (api, _, request) => Of(("TerminatingInstances", List(api.TerminateInstances(request.Texts("InstanceIds")), change => Of(
            ("InstanceId", change.After.Id), ("CurrentState", Ec2View.State(change.After.State)), ("PreviousState", Ec2View.State(change.Before.State)))))),
        ["CreateTags"] = (api, _, request) =>
        {
            api.CreateTags(request.Texts("Resources"), TagMap(request["Tags"]));
            return [];
        },
        ["DeleteTags"] = (api, _, request) =>
        {
            api.DeleteResourceTags(request.Texts("Resources"), [.. TagMap(request["Tags"]).Keys]);
            return [];
        },
    };

    private static JsonObject Data(JsonObject request) => (request["LaunchTemplateData"] as JsonObject)?.DeepClone().AsObject() ?? [];

    private static LaunchTemplate TemplateOf(CloudApi api, JsonObject request) =>
        api.Cloud.Templates.Values.First(template => template.Id == request.Text(TemplateId) || template.Name == request.Text(TemplateName));
}
