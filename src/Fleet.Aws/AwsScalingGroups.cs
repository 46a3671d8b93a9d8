using System.Collections.Immutable;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Fleet.Core.Rotations;
using GroupTemplate = Amazon.AutoScaling.Model.LaunchTemplateSpecification;

namespace Fleet.Aws;

/// <summary>Auto Scaling groups over the wire.</summary>
/// <param name="client">The client.</param>
/// <param name="once">A client that never repeats a call, for the one verb whose repetition does harm.</param>
/// <param name="calls">Budget and errors.</param>
internal sealed class AwsScalingGroups(IAmazonAutoScaling client, IAmazonAutoScaling once, AwsCalls calls) : IScalingGroups
{
    private const int PageSize = 100;
    private const int ProtectionBatch = 50;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalingGroup>> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(names, cancellationToken).ConfigureAwait(false)).Select(GroupTranslation.Of)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalingGroup>> InspectAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new List<ScalingGroup>();
        foreach (var group in await ReadAsync(names, cancellationToken).ConfigureAwait(false))
        {
            found.Add(GroupTranslation.Of(group) with { Features = await FeaturesAsync(group, cancellationToken).ConfigureAwait(false) });
        }

        return found;
    }

    /// <inheritdoc/>
    public Task SetDesiredAsync(string group, int desired, CancellationToken cancellationToken) =>
        MakeAsync("SetDesiredCapacity", () => client.SetDesiredCapacityAsync(new SetDesiredCapacityRequest { AutoScalingGroupName = group, DesiredCapacity = desired, HonorCooldown = false }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task SetMaxAsync(string group, int max, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = group, MaxSize = max }, cancellationToken);

    /// <inheritdoc/>
    public Task PinTemplateAsync(string group, string templateId, string version, CancellationToken cancellationToken) => UpdateAsync(
        new UpdateAutoScalingGroupRequest { AutoScalingGroupName = group, LaunchTemplate = new GroupTemplate { LaunchTemplateId = templateId, Version = version } }, cancellationToken);

    /// <inheritdoc/>
    public Task SetNewInstancesProtectedAsync(string group, bool value, CancellationToken cancellationToken) =>
        UpdateAsync(new UpdateAutoScalingGroupRequest { AutoScalingGroupName = group, NewInstancesProtectedFromScaleIn = value }, cancellationToken);

    /// <inheritdoc/>
    public async Task ProtectAsync(string group, IReadOnlyList<string> instanceIds, bool value, CancellationToken cancellationToken)
    {
        foreach (var batch in instanceIds.Chunk(ProtectionBatch))
        {
            await ProtectBatchAsync(group, batch, value, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task SuspendAsync(string group, string process, CancellationToken cancellationToken) =>
        MakeAsync("SuspendProcesses", () => client.SuspendProcessesAsync(new SuspendProcessesRequest { AutoScalingGroupName = group, ScalingProcesses = [process] }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task ResumeAsync(string group, string process, CancellationToken cancellationToken) =>
        MakeAsync("ResumeProcesses", () => client.ResumeProcessesAsync(new ResumeProcessesRequest { AutoScalingGroupName = group, ScalingProcesses = [process] }, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task TerminateAsync(string instanceId, bool decrement, CancellationToken cancellationToken)
    {
        // A repetition with decrement would lower desired once more: look first, and let the SDK not repeat it.
        if (decrement && !await ManagedAsync(instanceId, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var request = new TerminateInstanceInAutoScalingGroupRequest { InstanceId = instanceId, ShouldDecrementDesiredCapacity = decrement };
        try
        {
            await MakeAsync("TerminateInstanceInAutoScalingGroup", () => (decrement ? once : client).TerminateInstanceInAutoScalingGroupAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (AwsCalls.Is(refused, "ValidationError") || refused.Code == "denied")
        {
            // An instance that is gone belongs to no group: where permission hangs on the group's tag, AWS may refuse before it says so.
            if (await ManagedAsync(instanceId, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ScalingActivity>> ActivitiesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<ScalingActivity>();
        string? next = null;
        do
        {
            var request = new DescribeScalingActivitiesRequest { AutoScalingGroupName = group, MaxRecords = PageSize, NextToken = next };
            var page = await MakeAsync("DescribeScalingActivities", () => client.DescribeScalingActivitiesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            var activities = (page.Activities ?? []).Select(GroupTranslation.Of).ToList();
            found.AddRange(activities.Where(activity => activity.Started >= since));
            next = activities.Count > 0 && activities[^1].Started >= since ? page.NextToken : null;
        }
        while (!string.IsNullOrEmpty(next));
        return found;
    }

    private Task<T> MakeAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken) => calls.MakeAsync($"autoscaling:{operation}", call, cancellationToken);

    private Task<UpdateAutoScalingGroupResponse> UpdateAsync(UpdateAutoScalingGroupRequest request, CancellationToken cancellationToken) =>
        MakeAsync("UpdateAutoScalingGroup", () => client.UpdateAutoScalingGroupAsync(request, cancellationToken), cancellationToken);

    private async Task<List<AutoScalingGroup>> ReadAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = new List<AutoScalingGroup>();
        foreach (var batch in names.Distinct().Chunk(PageSize))
        {
            string? next = null;
            do
            {
                var request = new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [.. batch], MaxRecords = PageSize, NextToken = next };
                var page = await MakeAsync("DescribeAutoScalingGroups", () => client.DescribeAutoScalingGroupsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
                found.AddRange(page.AutoScalingGroups ?? []);
                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));
        }

        return found;
    }

    private async Task<ImmutableSortedSet<string>> FeaturesAsync(AutoScalingGroup group, CancellationToken cancellationToken)
    {
        var name = group.AutoScalingGroupName;
        var hooks = await MakeAsync("DescribeLifecycleHooks", () => client.DescribeLifecycleHooksAsync(new DescribeLifecycleHooksRequest { AutoScalingGroupName = name }, cancellationToken), cancellationToken).ConfigureAwait(false);
        var pool = await MakeAsync("DescribeWarmPool", () => client.DescribeWarmPoolAsync(new DescribeWarmPoolRequest { AutoScalingGroupName = name }, cancellationToken), cancellationToken).ConfigureAwait(false);
        var refreshes = await MakeAsync("DescribeInstanceRefreshes", () => client.DescribeInstanceRefreshesAsync(new DescribeInstanceRefreshesRequest { AutoScalingGroupName = name }, cancellationToken), cancellationToken).ConfigureAwait(false);
        return GroupTranslation.FeaturesOf(group, hooks, pool, refreshes);
    }

    private async Task<bool> ManagedAsync(string instanceId, CancellationToken cancellationToken)
    {
        var request = new DescribeAutoScalingInstancesRequest { InstanceIds = [instanceId] };
        var answer = await MakeAsync("DescribeAutoScalingInstances", () => client.DescribeAutoScalingInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        return (answer.AutoScalingInstances ?? []).Any(instance => instance.LifecycleState?.StartsWith("Terminat", StringComparison.Ordinal) != true);
    }

    /// <summary>AWS refuses the whole batch for one instance that is not in service: look which are, and ask again for those.</summary>
    private async Task ProtectBatchAsync(string group, string[] batch, bool value, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(batch).ConfigureAwait(false);
        }
        catch (CloudRefusedException refused) when (AwsCalls.Is(refused, "ValidationError"))
        {
            var now = await DescribeAsync([group], cancellationToken).ConfigureAwait(false);
            var rest = batch.Intersect(now.SelectMany(known => known.Instances).Where(instance => instance.InService).Select(instance => instance.Id)).ToArray();
            if (rest.Length == batch.Length)
            {
                throw;
            }

            if (rest.Length > 0)
            {
                await AskAsync(rest).ConfigureAwait(false);
            }
        }

        Task<SetInstanceProtectionResponse> AskAsync(string[] ids)
        {
            var request = new SetInstanceProtectionRequest { AutoScalingGroupName = group, InstanceIds = [.. ids], ProtectedFromScaleIn = value };
            return MakeAsync("SetInstanceProtection", () => client.SetInstanceProtectionAsync(request, cancellationToken), cancellationToken);
        }
    }
}
