using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using static Fleet.Sandbox.Aws.AwsDocument;

namespace Fleet.Sandbox.Aws;

/// <summary>The Auto Scaling operations that are served, by name: request document in, answer document out.</summary>
internal static class AutoScalingActions
{
    private const string GroupName = "AutoScalingGroupName";

    public static IReadOnlyDictionary<string, Func<CloudApi, World, JsonObject, JsonObject>> All { get; } = new Dictionary<string, Func<CloudApi, World, JsonObject, JsonObject>>
    {
        ["DescribeAutoScalingGroups"] = (api, world, request) =>
        {
            var page = api.DescribeAutoScalingGroups(request.Texts("AutoScalingGroupNames"), request.Filters(), request.Text("NextToken"), request.Number("MaxRecords") ?? 50);
            var instances = request.Flag("IncludeInstances") ?? true;
            return Of(("AutoScalingGroups", List(page.Items, group => AutoScalingView.Group(world, group, instances))), ("NextToken", page.NextToken));
        },
        ["DescribeAutoScalingInstances"] = (api, _, request) =>
        {
            var page = api.DescribeAutoScalingInstances(request.Texts("InstanceIds"), request.Text("NextToken"), request.Number("MaxRecords") ?? 50);
            return Of(("AutoScalingInstances", List(page.Items, AutoScalingView.Details)), ("NextToken", page.NextToken));
        },
        ["DescribeScalingActivities"] = (api, _, request) =>
        {
            var page = api.DescribeScalingActivities(request.Text(GroupName), request.Texts("ActivityIds"), request.Text("NextToken"), request.Number("MaxRecords") ?? 100);
            return Of(("Activities", List(page.Items, AutoScalingView.Activity)), ("NextToken", page.NextToken));
        },
        ["DescribeTags"] = (api, _, request) =>
        {
            var page = api.DescribeTags(request.Filters(), request.Text("NextToken"), request.Number("MaxRecords") ?? 50);
            return Of(("Tags", List(page.Items, tag => AutoScalingView.Tag(tag.Group, tag.Key, tag.Tag))), ("NextToken", page.NextToken));
        },
        ["DescribeLaunchConfigurations"] = (api, _, request) =>
        {
            var page = api.DescribeLaunchConfigurations(request.Texts("LaunchConfigurationNames"), request.Text("NextToken"), request.Number("MaxRecords") ?? 50);
            return Of(("LaunchConfigurations", List(page.Items, item => Of(("LaunchConfigurationName", item.Name), ("ImageId", item.ImageId)))), ("NextToken", page.NextToken));
        },
        ["DescribeWarmPool"] = (api, _, request) =>
        {
            var group = api.DescribeExtras("DescribeWarmPool", request.Need(GroupName))[0];
            var waiting = List(group.WarmInstances, id => Of(("InstanceId", id), ("LifecycleState", "Warmed:Stopped"), ("HealthStatus", "Healthy")));
            return group.WarmPool ? Of(("WarmPoolConfiguration", Of(("MinSize", 0), ("PoolState", "Stopped"))), ("Instances", waiting)) : Of(("Instances", waiting));
        },
        ["DescribeLifecycleHooks"] = (api, _, request) => Of(("LifecycleHooks", List(api.DescribeExtras("DescribeLifecycleHooks", request.Need(GroupName))[0].LifecycleHooks, hook => Of(
            ("LifecycleHookName", hook), (GroupName, request.Need(GroupName)), ("LifecycleTransition", "autoscaling:EC2_INSTANCE_TERMINATING"), ("HeartbeatTimeout", 3600), ("DefaultResult", "ABANDON"))))),
        ["DescribeInstanceRefreshes"] = (api, _, request) => Of(("InstanceRefreshes", List(api.DescribeExtras("DescribeInstanceRefreshes", request.Need(GroupName)).Where(group => group.InstanceRefresh), group => Of(
            ("InstanceRefreshId", $"refresh-{group.Name}"), (GroupName, group.Name), ("Status", "InProgress"))))),
        ["DescribeScheduledActions"] = (api, _, request) => Of(("ScheduledUpdateGroupActions", List(
            from @group in api.DescribeExtras("DescribeScheduledActions", request.Text(GroupName)) from action in @group.ScheduledActions select (@group.Name, action),
            pair => Of((GroupName, pair.Name), ("ScheduledActionName", pair.action))))),
        ["SetDesiredCapacity"] = Do((api, request) => api.SetDesiredCapacity(request.Need(GroupName), request.Number("DesiredCapacity") ?? 0, request.Flag("HonorCooldown") ?? false)),
        ["UpdateAutoScalingGroup"] = Do((api, request) => api.UpdateAutoScalingGroup(Update(request))),
        ["CreateAutoScalingGroup"] = Do((api, request) => api.CreateAutoScalingGroup(Update(request), TagsOf(request).ToDictionary(tag => tag.Key, tag => tag.Tag))),
        ["DeleteAutoScalingGroup"] = Do((api, request) => api.DeleteAutoScalingGroup(request.Need(GroupName), request.Flag("ForceDelete") ?? false)),
        ["SuspendProcesses"] = Do((api, request) => api.SuspendProcesses(request.Need(GroupName), request.Texts("ScalingProcesses"))),
        ["ResumeProcesses"] = Do((api, request) => api.ResumeProcesses(request.Need(GroupName), request.Texts("ScalingProcesses"))),
        ["SetInstanceProtection"] = Do((api, request) => api.SetInstanceProtection(request.Need(GroupName), request.Texts("InstanceIds"), request.Flag("ProtectedFromScaleIn") ?? false)),
        ["SetInstanceHealth"] = Do((api, request) => api.SetInstanceHealth(request.Need("InstanceId"), request.Text("HealthStatus") == "Healthy")),
        ["TerminateInstanceInAutoScalingGroup"] = (api, _, request) =>
            Of(("Activity", AutoScalingView.Activity(api.TerminateInstanceInAutoScalingGroup(request.Need("InstanceId"), request.Flag("ShouldDecrementDesiredCapacity") ?? false)))),
        ["CreateOrUpdateTags"] = Do((api, request) => api.CreateOrUpdateTags(TagsOf(request))),
        ["DeleteTags"] = Do((api, request) => api.DeleteTags([.. (request["Tags"] as JsonArray ?? []).OfType<JsonObject>().Select(tag => (tag.Need("ResourceId"), tag.Need("Key"), tag.Text("Value")))])),
        ["DetachInstances"] = (api, world, request) =>
        {
            api.DetachInstances(request.Need(GroupName), request.Texts("InstanceIds"), request.Flag("ShouldDecrementDesiredCapacity") ?? false);
            return Of(("Activities", new JsonArray()));
        },
        ["LaunchInstances"] = (api, world, request) =>
        {
            var zone = request.Texts("AvailabilityZones").Concat(request.Texts("SubnetIds").Select(world.Cloud.Addresses.ZoneOf)).FirstOrDefault();
            var launched = api.LaunchInstances(request.Need(GroupName), request.Number("RequestedCapacity") ?? 1, request.Need("ClientToken"), zone);
            return AutoScalingView.Launched(request.Need(GroupName), request.Need("ClientToken"), launched, world);
        },
    };

    private static Func<CloudApi, World, JsonObject, JsonObject> Do(Action<CloudApi, JsonObject> act) => (api, _, request) =>
    {
        act(api, request);
        return [];
    };

    private static IReadOnlyList<(string Group, string Key, GroupTag Tag)> TagsOf(JsonObject request) =>
        [.. (request["Tags"] as JsonArray ?? []).OfType<JsonObject>().Select(tag =>
            (tag.Text("ResourceId") ?? request.Need(GroupName), tag.Need("Key"), new GroupTag(tag.Text("Value") ?? "", tag.Flag("PropagateAtLaunch") ?? false)))];

    private static GroupUpdate Update(JsonObject request)
    {
        var template = request["LaunchTemplate"] as JsonObject;
        return new GroupUpdate
        {
            Name = request.Need(GroupName),
            Min = request.Number("MinSize"),
            Max = request.Number("MaxSize"),
            Desired = request.Number("DesiredCapacity"),
            TemplateId = template?.Text("LaunchTemplateId"),
            TemplateName = template?.Text("LaunchTemplateName"),
            TemplateVersion = template?.Text("Version"),
            ProtectNew = request.Flag("NewInstancesProtectedFromScaleIn"),
            Zones = request["AvailabilityZones"] is null ? null : [.. request.Texts("AvailabilityZones")],
            Subnets = request.Text("VPCZoneIdentifier")?.Split(',').ToImmutableArray(),
            TerminationPolicies = request["TerminationPolicies"] is null ? null : [.. request.Texts("TerminationPolicies")],
            HealthCheckType = request.Text("HealthCheckType"),
            HealthCheckGrace = request.Number("HealthCheckGracePeriod"),
            DefaultCooldown = request.Number("DefaultCooldown"),
            MaxInstanceLifetime = request.Number("MaxInstanceLifetime"),
            CapacityRebalance = request.Flag("CapacityRebalance"),
        };
    }
}
