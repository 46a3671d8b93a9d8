using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The world's Auto Scaling records as the API shows them.</summary>
internal static class AutoScalingView
{
    public static JsonObject Group(World world, AutoScalingGroup group, bool withInstances) => Of(
        ("AutoScalingGroupName", group.Name),
        ("AutoScalingGroupARN", ArnOf(world, group.Name)),
        ("LaunchTemplate", group.MixedInstances || group.TemplateId is null ? null : Template(group.TemplateId, NameOf(world, group.TemplateId), group.TemplateVersion)),
        ("MixedInstancesPolicy", !group.MixedInstances || group.TemplateId is null ? null : Of(
            ("LaunchTemplate", Of(
                ("LaunchTemplateSpecification", Template(group.TemplateId, NameOf(world, group.TemplateId), group.TemplateVersion)),
                ("Overrides", group.OverrideImages.IsEmpty ? null : List(group.OverrideImages, image => Of(("ImageId", image)))))))),
        ("LaunchConfigurationName", group.LaunchConfiguration),
        ("MinSize", group.Min),
        ("MaxSize", group.Max),
        ("DesiredCapacity", group.Desired),
        ("DefaultCooldown", group.DefaultCooldown),
        ("AvailabilityZones", List(group.Zones, zone => zone)),
        ("LoadBalancerNames", new JsonArray()),
        ("TargetGroupARNs", List(group.TargetGroups, arn => arn)),
        ("HealthCheckType", group.HealthCheckType),
        ("HealthCheckGracePeriod", group.HealthCheckGrace),
        ("Instances", withInstances ? List(world.Cloud.Members(group.Name), Member) : new JsonArray()),
        ("CreatedTime", Time(group.Created)),
        ("SuspendedProcesses", List(group.Suspended, process => Of(("ProcessName", process.Key), ("SuspensionReason", process.Value)))),
        ("VPCZoneIdentifier", string.Join(',', group.Zones.Select(world.Cloud.Addresses.SubnetOf))),
        ("EnabledMetrics", new JsonArray()),
        ("Tags", List(group.Tags, tag => Tag(group.Name, tag.Key, tag.Value))),
        ("TerminationPolicies", List(group.TerminationPolicies, policy => policy)),
        ("NewInstancesProtectedFromScaleIn", group.ProtectNew),
        ("ServiceLinkedRoleARN", $"arn:aws:iam::{world.Cloud.Account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"),
        ("MaxInstanceLifetime", group.MaxInstanceLifetime),
        ("CapacityRebalance", group.CapacityRebalance ? true : null),
        ("WarmPoolConfiguration", group.WarmPool ? Of(("MinSize", 0), ("PoolState", "Stopped")) : null),
        ("DesiredCapacityType", group.DesiredCapacityType));

    public static JsonObject Details(Instance instance)
    {
        var details = Member(instance);
        details["AutoScalingGroupName"] = instance.Group;
        details["HealthStatus"] = instance.Healthy ? "HEALTHY" : "UNHEALTHY";
        return details;
    }

    public static JsonObject Activity(ScalingActivity activity) => Of(
        ("ActivityId", activity.Id),
        ("AutoScalingGroupName", activity.Group),
        ("Description", activity.Description),
        ("Cause", activity.Cause),
        ("StartTime", Time(activity.Start)),
        ("EndTime", activity.End is { } end ? Time(end) : null),
        ("StatusCode", activity.Status),
        ("StatusMessage", activity.StatusMessage),
        ("Progress", activity.Progress),
        ("Details", $$"""{"Availability Zone":"{{activity.Zone}}"}"""));

    public static JsonObject Tag(string group, string key, GroupTag tag) => Of(
        ("ResourceId", group), ("ResourceType", "auto-scaling-group"), ("Key", key), ("Value", tag.Value), ("PropagateAtLaunch", tag.PropagateAtLaunch));

    public static JsonObject Launched(string group, string token, LaunchedInstances launched, World world) => Of(
        ("AutoScalingGroupName", group),
        ("ClientToken", token),
        ("Instances", launched.Instances.Count == 0 ? new JsonArray() : new JsonArray(Of(
            ("InstanceType", launched.Instances[0].InstanceType),
            ("MarketType", "on-demand"),
            ("SubnetId", world.Cloud.Addresses.SubnetOf(launched.Zone)),
            ("AvailabilityZone", launched.Zone),
            ("InstanceIds", List(launched.Instances, instance => instance.Id))))),
        ("Errors", launched.Failure is null ? new JsonArray() : new JsonArray(Of(
            ("AvailabilityZone", launched.Zone), ("ErrorCode", "InsufficientInstanceCapacity"), ("ErrorMessage", launched.Failure)))));

    public static string ArnOf(World world, string name) =>
        $"arn:aws:autoscaling:{world.Cloud.Region}:{world.Cloud.Account}:autoScalingGroup:{new Guid(world.Chance.For($"group/{name}").Next(), 0, 0x4000, new byte[8])}:autoScalingGroupName/{name}";

    private static JsonObject Member(Instance instance) => Of(
        ("InstanceId", instance.Id),
        ("InstanceType", instance.InstanceType),
        ("AvailabilityZone", instance.Zone),
        ("LifecycleState", instance.Lifecycle),
        ("HealthStatus", instance.Healthy ? "Healthy" : "Unhealthy"),
        ("LaunchTemplate", Template(instance.TemplateId, instance.TemplateName, instance.TemplateVersion.ToString())),
        ("ImageId", instance.ImageId),
        ("ProtectedFromScaleIn", instance.Protected));

    private static JsonObject Template(string id, string name, string version) => Of(("LaunchTemplateId", id), ("LaunchTemplateName", name), ("Version", version));

    private static string NameOf(World world, string templateId) => world.Cloud.Templates.GetValueOrDefault(templateId)?.Name ?? "";
}
