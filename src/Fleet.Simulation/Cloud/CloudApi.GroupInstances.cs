using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Cloud;

public sealed partial class CloudApi
{
    /// <summary>Greatest number of ids in a SetInstanceProtection call.</summary>
    public const int ProtectionBatch = 50;

    /// <summary>Sets or lifts scale-in protection of instances in service.</summary>
    public void SetInstanceProtection(string name, IReadOnlyList<string> ids, bool protect) => Write(nameof(SetInstanceProtection), name, $"protected={protect} {string.Join(',', ids)}", () =>
    {
        var group = GroupOf(name);
        if (ids.Count > ProtectionBatch)
        {
            throw Invalid($"1 validation error detected: Value '[{string.Join(", ", ids)}]' at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to {ProtectionBatch}");
        }

        var instances = ids.Select(id => Cloud.Instances.GetValueOrDefault(id) is { } instance && instance.Group == name && instance.Lifecycle != LifecycleState.Terminated
            ? instance : throw Invalid($"The instance {id} is not part of Auto Scaling group {name}.")).ToList();
        if (instances.FirstOrDefault(instance => instance.Lifecycle != LifecycleState.InService) is { } other)
        {
            throw Invalid($"The instance {other.Id} is not in InService or EnteringStandby or Standby.");
        }

        foreach (var instance in instances)
        {
            Cloud.Put(instance with { Protected = protect });
        }

        Cloud.Engine.Touch(group.Name);
    });

    /// <summary>Tells a group that an instance is well or not; an unhealthy one is replaced unless ReplaceUnhealthy is suspended.</summary>
    public void SetInstanceHealth(string id, bool healthy) => Write(nameof(SetInstanceHealth), id, healthy ? "Healthy" : "Unhealthy", () =>
    {
        var instance = ManagedOf(id);
        Cloud.Put(instance with { Healthy = healthy });
        Cloud.Engine.BecameUnhealthy(instance.Group!);
    });

    /// <summary>
    /// Terminates an instance, protected or not. Without decrement a replacement is launched at once; with it desired falls by one, even when the instance is already Terminating:
    /// AWS does not say what a repetition does, and this is the answer that punishes a caller who repeats.
    /// </summary>
    public ScalingActivity TerminateInstanceInAutoScalingGroup(string id, bool decrement) => Write(nameof(TerminateInstanceInAutoScalingGroup), id, $"decrement={decrement}", () =>
    {
        var instance = ManagedOf(id);
        var group = GroupOf(instance.Group!);
        if (decrement && group.Desired <= group.Min)
        {
            throw Invalid($"Currently, desiredSize equals minSize ({group.Min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.");
        }

        var cause = $"At {Stamp} instance {id} was taken out of service in response to a user request{(decrement ? $", shrinking the capacity from {group.Desired} to {group.Desired - 1}" : "")}.";
        if (decrement)
        {
            Cloud.Put(group with { Desired = group.Desired - 1 }, caller);
        }

        if (instance.Lifecycle == LifecycleState.Terminating)
        {
            return Cloud.Activities.Of(group.Name).Last(activity => activity.InstanceId == id);
        }

        return Cloud.Engine.Lifecycle.Terminate(instance, TerminationCause.UserRequest, caller, decrement, cause)!;
    });

    /// <summary>Launches at once in one zone and answers the ids; raises desired by as many. The same token gives the same answer.</summary>
    public LaunchedInstances LaunchInstances(string name, int count, string clientToken, string? zone = null) => Write(nameof(LaunchInstances), name, $"count={count} zone={zone} token={clientToken}", () =>
    {
        var group = GroupOf(name);
        var arguments = $"{name} {count} {zone}";
        if (world.Cloud.LaunchTokens.TryGetValue(clientToken, out var known))
        {
            return known.Arguments == arguments ? known.Answer : throw new CallRefusedException(BadRequest, "IdempotentParameterMismatch", "The client token was used before with other parameters.");
        }

        if (group.MixedInstances || group.TemplateId is null)
        {
            throw Invalid("LaunchInstances requires a group with a launch template.");
        }

        if (group.Desired + count > group.Max)
        {
            throw Invalid($"Launching {count} instances would exceed the group's max size of {group.Max}.");
        }

        var chosen = zone ?? group.Zones.MinBy(Cloud.RosterOf(name).CountingIn)!;
        if (!group.Zones.Contains(chosen))
        {
            throw Invalid($"The Availability Zone {chosen} is not one of the group's.");
        }

        string? failure = null;
        var launched = new List<Instance>();
        while (launched.Count < count && Cloud.Engine.Lifecycle.Launch(group, chosen, $"At {Stamp} a user request launched instances in {chosen}.", out failure) is { } instance)
        {
            launched.Add(instance);
        }

        if (launched.Count > 0)
        {
            Cloud.Put(group with { Desired = group.Desired + launched.Count }, caller);
        }

        var answer = new LaunchedInstances(chosen, launched, failure);
        world.Cloud.LaunchTokens[clientToken] = (arguments, answer);
        return answer;
    });

    /// <summary>Takes instances out of the group alive.</summary>
    public void DetachInstances(string name, IReadOnlyList<string> ids, bool decrement) => Write(nameof(DetachInstances), name, $"decrement={decrement} {string.Join(',', ids)}", () =>
    {
        var group = GroupOf(name);
        if (ids.Count > 20)
        {
            throw Invalid("1 validation error detected: Value at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to 20");
        }

        if (decrement && group.Desired - ids.Count < group.Min)
        {
            throw Invalid($"Currently, desiredSize {group.Desired} minus {ids.Count} is below minSize ({group.Min}).");
        }

        foreach (var instance in ids.Select(ManagedOf).ToList())
        {
            Cloud.Put(instance with { Group = null, Protected = false, Lifecycle = LifecycleState.Detached });
        }

        Cloud.Put(decrement ? group with { Desired = group.Desired - ids.Count } : group, caller);
    });

    private Instance ManagedOf(string id) =>
        Cloud.Instances.GetValueOrDefault(id) is { Group: not null } instance && instance.Lifecycle != LifecycleState.Terminated
            ? instance
            : throw Invalid($"Instance Id not found - No managed instance found for instance ID: {id}");
}
