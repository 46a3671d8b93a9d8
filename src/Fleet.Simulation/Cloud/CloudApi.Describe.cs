namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>Groups by name, or all: 50 a page unless said, at most 100; filters <c>tag-key</c>, <c>tag-value</c>, <c>tag:KEY</c>. Unknown names are left out, not refused.</summary>
    public Page<AutoScalingGroup> DescribeAutoScalingGroups(IReadOnlyList<string>? names = null, IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int maxRecords = 50) =>
        Read(nameof(DescribeAutoScalingGroups), Subject(names), () =>
        {
            var groups = names is { Count: > 0 } ? names.Distinct().Select(Cloud.Groups.GetValueOrDefault).OfType<AutoScalingGroup>() : Cloud.Groups.Values;
            var passing = groups.Where(group => (filters ?? []).All(filter => filter.Passes(filter.OnTags(TagsOf(group)) ?? throw Invalid($"Filter type {filter.Name} is not correct. Allowed Filter types are: tag-key, tag-value, tag:<key>"))));
            return PageOf(passing, group => group.Name, nextToken, Records(maxRecords, 100), BadToken);
        });

    /// <summary>Instances that groups hold, by id or all: at most 50 a page.</summary>
    public Page<Instance> DescribeAutoScalingInstances(IReadOnlyList<string>? ids = null, string? nextToken = null, int maxRecords = 50) =>
        Read(nameof(DescribeAutoScalingInstances), Subject(ids), () =>
        {
            var instances = ids is { Count: > 0 }
                ? ids.Distinct().Select(Cloud.Instances.GetValueOrDefault).OfType<Instance>().Where(instance => instance.Group is not null && instance.Lifecycle != LifecycleState.Terminated)
                : Cloud.Groups.Keys.SelectMany(Cloud.Members);
            return PageOf(instances, instance => instance.Id, nextToken, Records(maxRecords, 50), BadToken);
        });

    /// <summary>Activities of a group (of all when null), newest first: at most 100 a page.</summary>
    public Page<ScalingActivity> DescribeScalingActivities(string? group = null, IReadOnlyList<string>? ids = null, string? nextToken = null, int maxRecords = 100) =>
        Read(nameof(DescribeScalingActivities), group ?? "*", () =>
        {
            var groups = group is null ? Cloud.Groups.Keys : [GroupOf(group).Name];
            var newestFirst = groups.SelectMany(name => Cloud.Activities.Of(name)).Where(activity => ids is not { Count: > 0 } || ids.Contains(activity.Id)).Reverse()
                .Select((activity, index) => (activity, index)).ToList();
            var page = PageOf(newestFirst, pair => $"{long.MaxValue - pair.activity.Start.UtcTicks:d19}{pair.index:d9}", nextToken, Records(maxRecords, 100), BadToken);
            return new Page<ScalingActivity>([.. page.Items.Select(pair => pair.activity)], page.NextToken);
        });

    /// <summary>Tags of groups; filters <c>auto-scaling-group</c>, <c>key</c>, <c>value</c>, <c>propagate-at-launch</c>; at most 100 a page, 50 unless said.</summary>
    public Page<(string Group, string Key, GroupTag Tag)> DescribeTags(IReadOnlyList<AwsFilter>? filters = null, string? nextToken = null, int maxRecords = 50) => Read(nameof(DescribeTags), "*", () =>
    {
        var tags = Cloud.Groups.Values.SelectMany(group => group.Tags.Select(tag => (Group: group.Name, tag.Key, Tag: tag.Value)));
        var passing = tags.Where(tag => (filters ?? []).All(filter => filter.Passes([filter.Name switch
        {
            "auto-scaling-group" => tag.Group,
            "key" => tag.Key,
            "value" => tag.Tag.Value,
            "propagate-at-launch" => tag.Tag.PropagateAtLaunch ? "true" : "false",
            _ => throw Invalid($"Filter type {filter.Name} is not correct. Allowed Filter types are: auto-scaling-group, key, propagate-at-launch, value"),
        }])));
        return PageOf(passing, tag => $"{tag.Group}\0{tag.Key}", nextToken, Records(maxRecords, 100), BadToken);
    });

    /// <summary>A group's warm pool, hooks, refreshes or scheduled actions: all that the group record knows of them.</summary>
    /// <param name="verb">DescribeWarmPool, DescribeLifecycleHooks, DescribeInstanceRefreshes or DescribeScheduledActions.</param>
    /// <param name="group">The group; null for all.</param>
    public IReadOnlyList<AutoScalingGroup> DescribeExtras(string verb, string? group) =>
        Read(verb, group ?? "*", () => (IReadOnlyList<AutoScalingGroup>)(group is null ? [.. Cloud.Groups.Values] : [GroupOf(group)]));

    /// <summary>Launch configurations by name, or all: 50 a page unless said, at most 100.</summary>
    public Page<LaunchConfiguration> DescribeLaunchConfigurations(IReadOnlyList<string>? names = null, string? nextToken = null, int maxRecords = 50) => Read(nameof(DescribeLaunchConfigurations), Subject(names), () => PageOf(
        Cloud.LaunchConfigurations.Values.Where(configuration => names is not { Count: > 0 } || names.Contains(configuration.Name)), configuration => configuration.Name, nextToken, Records(maxRecords, 100), BadToken));

    private static int Records(int asked, int most) =>
        asked >= 1 && asked <= most ? asked : throw Invalid($"1 validation error detected: Value '{asked}' at 'maxRecords' failed to satisfy constraint: Member must have value less than or equal to {most} and greater than 0");

    private static string Subject(IReadOnlyList<string>? names) => names is { Count: > 0 } ? string.Join(',', names.Take(5)) + (names.Count > 5 ? $",… ({names.Count})" : "") : "*";

    private static IEnumerable<KeyValuePair<string, string>> TagsOf(AutoScalingGroup group) => group.Tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value.Value));
}
