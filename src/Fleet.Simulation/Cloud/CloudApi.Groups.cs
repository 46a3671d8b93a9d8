using System.Collections.Immutable;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    private static readonly ImmutableArray<string> Processes =
        ["Launch", "Terminate", "AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "ReplaceUnhealthy", "ScheduledActions"];

    /// <summary>Sets desired capacity. There is no compare-and-set: what another wrote in between is lost.</summary>
    public void SetDesiredCapacity(string name, int desired, bool honorCooldown = false) => Write(nameof(SetDesiredCapacity), name, $"desired={desired}", () =>
    {
        var group = GroupOf(name);
        if (desired > group.Max)
        {
            throw Invalid($"New SetDesiredCapacity value {desired} is above max value {group.Max} for the AutoScalingGroup.");
        }

        if (desired < group.Min)
        {
            throw Invalid($"New SetDesiredCapacity value {desired} is below min value {group.Min} for the AutoScalingGroup.");
        }

        if (honorCooldown && Cloud.Activities.Of(name).Any(activity => activity.End is null))
        {
            throw new CallRefusedException(BadRequest, "ScalingActivityInProgress", "You cannot set the desired capacity while a scaling activity is in progress and the cooldown is honored.");
        }

        Cloud.Put(group with { Desired = desired }, caller, $"At {Stamp} a user request explicitly set group desired capacity changing the desired capacity from {group.Desired} to {desired}.");
    });

    /// <summary>Changes a group's settings, with AWS's side effects on desired capacity.</summary>
    public void UpdateAutoScalingGroup(GroupUpdate update) => Write(nameof(UpdateAutoScalingGroup), update.Name, Describe(update), () =>
    {
        var group = GroupOf(update.Name);
        var after = Apply(group, update);
        Cloud.Put(after, caller, after.Desired == group.Desired ? null : $"At {Stamp} a user request update of AutoScalingGroup constraints to min: {after.Min}, max: {after.Max}, desired: {after.Desired} changing the desired capacity from {group.Desired} to {after.Desired}.");
    });

    /// <summary>Makes a group.</summary>
    public void CreateAutoScalingGroup(GroupUpdate create, IReadOnlyDictionary<string, GroupTag> tags) => Write("CreateAutoScalingGroup", create.Name, Describe(create), () =>
    {
        if (Cloud.Groups.ContainsKey(create.Name))
        {
            throw new CallRefusedException(BadRequest, "AlreadyExists", $"AutoScalingGroup by this name already exists - A group with the name {create.Name} already exists");
        }

        var min = create.Min ?? throw Invalid("MinSize is required.");
        var empty = new AutoScalingGroup { Name = create.Name, Zones = Cloud.Zones, Min = min, Max = create.Max ?? min, Desired = create.Desired ?? min, Created = world.Now };
        var group = Apply(empty with { Tags = tags.ToImmutableSortedDictionary(StringComparer.Ordinal) }, create);
        Cloud.Put(group, caller, $"At {Stamp} a user request created an AutoScalingGroup changing the desired capacity from 0 to {group.Desired}.");
    });

    /// <summary>Deletes a group; without force only when it has no instances and no activity under way.</summary>
    public void DeleteAutoScalingGroup(string name, bool force) => Write(nameof(DeleteAutoScalingGroup), name, force ? "force" : null, () =>
    {
        var group = GroupOf(name);
        if (!force && Cloud.Members(name).Count > 0)
        {
            throw new CallRefusedException(BadRequest, "ResourceInUse", "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.");
        }

        foreach (var instance in Cloud.Members(name).ToList())
        {
            Cloud.Engine.Lifecycle.Terminate(instance, TerminationCause.UserRequest, caller, decrement: false, $"At {Stamp} the AutoScalingGroup was deleted.");
        }

        Cloud.Remove(group, caller);
    });

    /// <summary>Suspends processes; none named means all.</summary>
    public void SuspendProcesses(string name, IReadOnlyList<string> processes) => Write(nameof(SuspendProcesses), name, string.Join(',', processes), () =>
    {
        var group = GroupOf(name);
        var add = Valid(processes).Where(process => !group.IsSuspended(process)).Select(process => KeyValuePair.Create(process, $"User suspended at {Stamp}"));
        Cloud.Put(group with { Suspended = group.Suspended.AddRange(add) }, caller);
    });

    /// <summary>Resumes processes; none named means all.</summary>
    public void ResumeProcesses(string name, IReadOnlyList<string> processes) => Write(nameof(ResumeProcesses), name, string.Join(',', processes), () =>
    {
        var group = GroupOf(name);
        Cloud.Put(group with { Suspended = group.Suspended.RemoveRange(Valid(processes)) }, caller);
    });

    /// <summary>Sets tags of groups.</summary>
    public void CreateOrUpdateTags(IReadOnlyList<(string Group, string Key, GroupTag Tag)> tags) =>
        Write(nameof(CreateOrUpdateTags), string.Join(',', tags.Select(tag => tag.Group).Distinct()), string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Tag.Value}")), () =>
        {
            foreach (var (name, key, tag) in tags)
            {
                Cloud.Put(GroupOf(name) with { Tags = GroupOf(name).Tags.SetItem(key, tag) }, caller);
            }
        });

    /// <summary>Removes tags of groups; a value, where given, must be the present one.</summary>
    public void DeleteTags(IReadOnlyList<(string Group, string Key, string? Value)> tags) =>
        Write("DeleteTags", string.Join(',', tags.Select(tag => tag.Group).Distinct()), string.Join(',', tags.Select(tag => tag.Key)), () =>
        {
            foreach (var (name, key, value) in tags)
            {
                var group = GroupOf(name);
                if (group.Tags.TryGetValue(key, out var tag) && (value is null || value == tag.Value))
                {
                    Cloud.Put(group with { Tags = group.Tags.Remove(key) }, caller);
                }
            }
        });

    private static string Describe(GroupUpdate update) => string.Join(' ', new[]
    {
        update.Min is { } min ? $"min={min}" : null,
        update.Max is { } max ? $"max={max}" : null,
        update.Desired is { } desired ? $"desired={desired}" : null,
        (update.TemplateId ?? update.TemplateName) is { } template ? $"template={template}:{update.TemplateVersion ?? "$Default"}" : null,
        update.ProtectNew is { } protect ? $"protectNew={protect}" : null,
    }.Where(part => part is not null));

    private static IReadOnlyList<string> Valid(IReadOnlyList<string> processes)
    {
        var unknown = processes.Where(process => !Processes.Contains(process)).ToList();
        return unknown.Count > 0 ? throw Invalid($"Invalid process name(s): {string.Join(", ", unknown)}. Valid names: {string.Join(", ", Processes)}") : processes.Count > 0 ? processes : Processes;
    }

    private AutoScalingGroup Apply(AutoScalingGroup group, GroupUpdate update)
    {
        var (min, max) = (update.Min ?? group.Min, update.Max ?? group.Max);
        if (min > max)
        {
            throw Invalid($"Max bound, {max}, must be greater than or equal to min bound, {min}");
        }

        if (update.Desired is { } wanted && (wanted < min || wanted > max))
        {
            throw Invalid($"Desired capacity:{wanted} must be between the specified min size:{min} and max size:{max}");
        }

        return PointAtTemplate(group, update) with
        {
            Min = min,
            Max = max,
            Desired = update.Desired ?? Math.Clamp(group.Desired, min, max),
            ProtectNew = update.ProtectNew ?? group.ProtectNew,
            Zones = update.Subnets is { } subnets ? ZonesOf(subnets) : update.Zones ?? group.Zones,
            TerminationPolicies = update.TerminationPolicies ?? group.TerminationPolicies,
            HealthCheckType = update.HealthCheckType ?? group.HealthCheckType,
            HealthCheckGrace = update.HealthCheckGrace ?? group.HealthCheckGrace,
            DefaultCooldown = update.DefaultCooldown ?? group.DefaultCooldown,
            MaxInstanceLifetime = update.MaxInstanceLifetime is { } lifetime ? lifetime == 0 ? null : lifetime : group.MaxInstanceLifetime,
            CapacityRebalance = update.CapacityRebalance ?? group.CapacityRebalance,
        };
    }

    private AutoScalingGroup PointAtTemplate(AutoScalingGroup group, GroupUpdate update)
    {
        if ((update.TemplateId ?? update.TemplateName) is not { } asked)
        {
            return group;
        }

        const string Fully = "You must use a valid fully-formed launch template.";
        var template = FindTemplate(update.TemplateId, update.TemplateName)
            ?? throw Invalid($"{Fully} The specified launch template, with template {(update.TemplateId is null ? "name" : "ID")} {asked}, does not exist.");
        var version = update.TemplateVersion ?? "$Default";
        if (template.Resolve(version) is not { } number)
        {
            throw Invalid($"{Fully} Could not find the specified version {version} for the launch template with ID {template.Id}.");
        }

        var image = template.Versions[number].ImageId;
        if (image is null || !Cloud.Images.ContainsKey(LaunchSource.ResolveImage(image, Cloud) ?? ""))
        {
            throw Invalid($"{Fully} The image id '[{image}]' does not exist");
        }

        return group with { TemplateId = template.Id, TemplateVersion = version, MixedInstances = false };
    }

    private ImmutableArray<string> ZonesOf(ImmutableArray<string> subnets) =>
        [.. subnets.Select(subnet => Cloud.Addresses.ZoneOf(subnet) ?? throw Invalid($"The subnet ID '{subnet}' does not exist")).Distinct()];
}
