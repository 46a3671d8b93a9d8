using System.Collections.Immutable;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>Auto Scaling's shapes as Core's records.</summary>
internal static class GroupTranslation
{
    private static readonly HashSet<InstanceRefreshStatus> Active =
    [
        InstanceRefreshStatus.Pending, InstanceRefreshStatus.InProgress, InstanceRefreshStatus.Cancelling, InstanceRefreshStatus.RollbackInProgress, InstanceRefreshStatus.Baking,
    ];

    public static ScalingGroup Of(AutoScalingGroup group) => new()
    {
        Name = group.AutoScalingGroupName,
        Min = group.MinSize ?? 0,
        Max = group.MaxSize ?? 0,
        Desired = group.DesiredCapacity ?? 0,
        Zones = [.. group.AvailabilityZones ?? []],
        TemplateId = group.LaunchTemplate?.LaunchTemplateId,
        TemplateVersion = string.IsNullOrEmpty(group.LaunchTemplate?.Version) ? null : group.LaunchTemplate.Version,
        Instances = [.. (group.Instances ?? []).Select(Of)],
        Suspended = [.. (group.SuspendedProcesses ?? []).Select(process => process.ProcessName)],
        NewInstancesProtected = group.NewInstancesProtectedFromScaleIn ?? false,
        Tags = (group.Tags ?? []).ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal),
    };

    public static ScalingActivity Of(Activity activity) => new(
        activity.ActivityId,
        activity.StartTime is { } start ? new DateTimeOffset(start.ToUniversalTime(), TimeSpan.Zero) : default,
        activity.StatusCode?.Value ?? "",
        activity.StatusMessage,
        activity.Cause ?? "");

    public static ImmutableSortedSet<string> FeaturesOf(AutoScalingGroup group, DescribeLifecycleHooksResponse hooks, DescribeWarmPoolResponse pool, DescribeInstanceRefreshesResponse refreshes)
    {
        string?[] found =
        [
            hooks.LifecycleHooks is { Count: > 0 } ? "lifecycle-hooks" : null,
            pool.WarmPoolConfiguration is not null || group.WarmPoolConfiguration is not null ? "warm-pool" : null,
            (refreshes.InstanceRefreshes ?? []).Any(refresh => refresh.Status is { } status && Active.Contains(status)) ? "instance-refresh" : null,
            group.MixedInstancesPolicy is not null ? "mixed-instances-policy" : null,
            group.MixedInstancesPolicy is null && group.LaunchTemplate is null ? "launch-configuration" : null,
            (group.HealthCheckType ?? "EC2").Split(',').All(type => type.Trim() == "EC2") ? null : "elb-health-check",
            group.MaxInstanceLifetime is > 0 ? "max-instance-lifetime" : null,
            group.CapacityRebalance == true ? "capacity-rebalance" : null,
            group.DesiredCapacityType is null or "" or "units" ? null : "desired-capacity-type",
        ];
        return [.. found.OfType<string>()];
    }

    private static GroupInstance Of(Instance instance) => new()
    {
        Id = instance.InstanceId,
        Zone = instance.AvailabilityZone ?? "",
        Lifecycle = instance.LifecycleState?.Value ?? "",
        Protected = instance.ProtectedFromScaleIn ?? false,
        TemplateId = instance.LaunchTemplate?.LaunchTemplateId,
        TemplateVersion = long.TryParse(instance.LaunchTemplate?.Version, out var version) ? version : null,
        InstanceType = instance.InstanceType,
    };
}
