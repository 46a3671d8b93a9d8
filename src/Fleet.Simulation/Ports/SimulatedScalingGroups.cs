using System.Collections.Immutable;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;
using CoreActivity = Fleet.Core.Rotations.ScalingActivity;

namespace Fleet.Simulation.Ports;

/// <summary>The Auto Scaling groups of a simulated account, without a wire and without retries. Every port call makes as many calls on the world as the adapter over the wire would.</summary>
/// <param name="world">The world.</param>
/// <param name="caller">Access key id, for the log and for fault rules.</param>
public sealed class SimulatedScalingGroups(World world, string caller = "fleet") : IScalingGroups
{
    private const int PageSize = 100;
    private readonly CloudApi _api = new(world, caller);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScalingGroup>> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Answer(() => Describe(names, _ => []), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScalingGroup>> InspectAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Answer(() => Describe(names, FeaturesOf), cancellationToken);

    /// <inheritdoc/>
    public Task SetDesiredAsync(string group, int desired, CancellationToken cancellationToken) =>
        Make("SetDesiredCapacity", () => _api.SetDesiredCapacity(group, desired), cancellationToken);

    /// <inheritdoc/>
    public Task SetMaxAsync(string group, int max, CancellationToken cancellationToken) => Update(new GroupUpdate { Name = group, Max = max }, cancellationToken);

    /// <inheritdoc/>
    public Task PinTemplateAsync(string group, string templateId, string version, CancellationToken cancellationToken) =>
        Update(new GroupUpdate { Name = group, TemplateId = templateId, TemplateVersion = version }, cancellationToken);

    /// <inheritdoc/>
    public Task SetNewInstancesProtectedAsync(string group, bool value, CancellationToken cancellationToken) =>
        Update(new GroupUpdate { Name = group, ProtectNew = value }, cancellationToken);

    /// <inheritdoc/>
    public Task ProtectAsync(string group, IReadOnlyList<string> instanceIds, bool value, CancellationToken cancellationToken) => Answer(() =>
    {
        foreach (var batch in instanceIds.Chunk(CloudApi.ProtectionBatch))
        {
            Protect(group, batch, value);
        }

        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task SuspendAsync(string group, string process, CancellationToken cancellationToken) =>
        Make("SuspendProcesses", () => _api.SuspendProcesses(group, [process]), cancellationToken);

    /// <inheritdoc/>
    public Task ResumeAsync(string group, string process, CancellationToken cancellationToken) =>
        Make("ResumeProcesses", () => _api.ResumeProcesses(group, [process]), cancellationToken);

    /// <inheritdoc/>
    public Task TerminateAsync(string instanceId, bool decrement, CancellationToken cancellationToken) => Answer(() =>
    {
        // A repetition with decrement would lower desired once more: look first.
        if (!decrement || Managed(instanceId))
        {
            try
            {
                Call("TerminateInstanceInAutoScalingGroup", () => _api.TerminateInstanceInAutoScalingGroup(instanceId, decrement));
            }
            catch (CloudRefusedException refused) when (refused.Code == "invalid" && !Managed(instanceId))
            {
            }
        }

        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CoreActivity>> ActivitiesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken) => Answer(() =>
    {
        var found = new List<CoreActivity>();
        string? token = null;
        do
        {
            var page = Call("DescribeScalingActivities", () => _api.DescribeScalingActivities(group, null, token, PageSize));
            found.AddRange(page.Items.Where(activity => activity.Start >= since).Select(activity => new CoreActivity(activity.Id, activity.Start, activity.Status, activity.StatusMessage, activity.Cause)));
            token = page.Items.Count > 0 && page.Items[^1].Start >= since ? page.NextToken : null;
        }
        while (token is not null);
        return (IReadOnlyList<CoreActivity>)found;
    }, cancellationToken);

    private static T Call<T>(string operation, Func<T> call) => CloudFailure.Make("autoscaling", operation, call);

    private static Task<T> Answer<T>(Func<T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(call());
        }
        catch (CloudRefusedException refused)
        {
            return Task.FromException<T>(refused);
        }
    }

    private static Task<bool> Make(string operation, Action call, CancellationToken cancellationToken) => Answer(() => Call(operation, () =>
    {
        call();
        return true;
    }), cancellationToken);

    private Task<bool> Update(GroupUpdate update, CancellationToken cancellationToken) => Make("UpdateAutoScalingGroup", () => _api.UpdateAutoScalingGroup(update), cancellationToken);

    private IReadOnlyList<ScalingGroup> Describe(IReadOnlyList<string> names, Func<AutoScalingGroup, ImmutableSortedSet<string>> features) =>
    [
        .. names.Distinct().Chunk(PageSize)
            .SelectMany(batch => Call("DescribeAutoScalingGroups", () => _api.DescribeAutoScalingGroups(batch, maxRecords: PageSize)).Items)
            .Select(group => Translated(group) with { Features = features(group) }),
    ];

    private ScalingGroup Translated(AutoScalingGroup group)
    {
        lock (world.Gate)
        {
            return new ScalingGroup
            {
                Name = group.Name,
                Min = group.Min,
                Max = group.Max,
                Desired = group.Desired,
                Zones = group.Zones,
                TemplateId = group.MixedInstances ? null : group.TemplateId,
                TemplateVersion = group.MixedInstances || group.TemplateId is null ? null : group.TemplateVersion,
                Instances = [.. world.Cloud.Members(group.Name).Select(instance => new GroupInstance
                {
                    Id = instance.Id,
                    Zone = instance.Zone,
                    Lifecycle = instance.Lifecycle,
                    Protected = instance.Protected,
                    TemplateId = instance.TemplateId,
                    TemplateVersion = instance.TemplateVersion,
                    InstanceType = instance.InstanceType,
                })],
                Suspended = [.. group.Suspended.Keys],
                NewInstancesProtected = group.ProtectNew,
                Tags = group.Tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value.Value, StringComparer.Ordinal),
            };
        }
    }

    private ImmutableSortedSet<string> FeaturesOf(AutoScalingGroup group)
    {
        string? Extra(string verb, string feature, Func<AutoScalingGroup, bool> has) => Call(verb, () => _api.DescribeExtras(verb, group.Name)).Any(has) ? feature : null;
        string?[] found =
        [
            Extra("DescribeLifecycleHooks", "lifecycle-hooks", known => !known.LifecycleHooks.IsEmpty),
            Extra("DescribeWarmPool", "warm-pool", known => known.WarmPool),
            Extra("DescribeInstanceRefreshes", "instance-refresh", known => known.InstanceRefresh),
            group.MixedInstances ? "mixed-instances-policy" : null,
            !group.MixedInstances && group.TemplateId is null ? "launch-configuration" : null,
            group.HealthCheckType == "EC2" ? null : "elb-health-check",
            group.MaxInstanceLifetime is null ? null : "max-instance-lifetime",
            group.CapacityRebalance ? "capacity-rebalance" : null,
            group.DesiredCapacityType is null or "units" ? null : "desired-capacity-type",
        ];
        return [.. found.OfType<string>()];
    }

    private bool Managed(string instanceId) =>
        Call("DescribeAutoScalingInstances", () => _api.DescribeAutoScalingInstances([instanceId])).Items.Any(instance => instance.Lifecycle is LifecycleState.Pending or LifecycleState.InService);

    /// <summary>AWS refuses the whole batch for one instance that is not in service: look which are, and ask again for those.</summary>
    private void Protect(string group, string[] batch, bool value)
    {
        try
        {
            Call("SetInstanceProtection", () => Ask(batch));
        }
        catch (CloudRefusedException refused) when (CloudFailure.Is(refused, "ValidationError"))
        {
            var serving = Describe([group], _ => []).SelectMany(known => known.Instances).Where(instance => instance.InService).Select(instance => instance.Id);
            var rest = batch.Intersect(serving).ToList();
            if (rest.Count == batch.Length)
            {
                throw;
            }

            if (rest.Count > 0)
            {
                Call("SetInstanceProtection", () => Ask(rest));
            }
        }

        bool Ask(IReadOnlyList<string> ids)
        {
            _api.SetInstanceProtection(group, ids, value);
            return true;
        }
    }
}
