using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>An instance's way from launch to terminated, with the activities that tell of it.</summary>
internal sealed class InstanceLifecycle(CloudState cloud)
{
    private static readonly TimeSpan CountedAfterRunning = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan VisibleAfterTermination = TimeSpan.FromHours(1);

    /// <summary>Launches an instance of the group's template in a zone; a failure is an activity, never an exception.</summary>
    public Instance? Launch(AutoScalingGroup group, string zone, string cause, out string? failure)
    {
        failure = LaunchSource.Of(group, zone, cloud, out var source);
        if (source is null)
        {
            cloud.Activities.Begin(group.Name, "Launching a new EC2 instance.  Status Reason: " + failure, cause, "Failed", zone, null, failure);
            return null;
        }

        var number = ++cloud.Launches;
        var address = cloud.Addresses.Take(zone);
        var instance = new Instance
        {
            Id = IdOf(number),
            Group = group.Name,
            Zone = zone,
            ImageId = source.ImageId,
            TemplateId = source.Template.Id,
            TemplateName = source.Template.Name,
            TemplateVersion = source.Version.Number,
            InstanceType = source.Profile.InstanceType,
            PrivateIp = address,
            PrivateDnsName = cloud.Addresses.DnsNameOf(address),
            Launched = cloud.World.Now,
            Number = number,
            Protected = group.ProtectNew,
            Tags = source.Tags,
            NodeLabels = group.NodeLabels,
            NodeTaints = group.NodeTaints,
        };
        var activity = cloud.Activities.Begin(group.Name, $"Launching a new EC2 instance: {instance.Id}", cause, "PreInService", zone, instance.Id);
        cloud.Put(instance);
        cloud.World.Timeline.After(source.Profile.LaunchDelay, () => Run(instance.Id, activity.Id));
        return instance;
    }

    /// <summary>Launches an instance in no group, without user data.</summary>
    public Instance LaunchAlone(string zone, string image, NodeProfile profile, ImmutableSortedDictionary<string, string> tags, bool managed)
    {
        var number = ++cloud.Launches;
        var address = cloud.Addresses.Take(zone);
        var instance = new Instance
        {
            Id = IdOf(number),
            Zone = zone,
            ImageId = image,
            TemplateId = "",
            TemplateName = "",
            TemplateVersion = 0,
            InstanceType = profile.InstanceType,
            PrivateIp = address,
            PrivateDnsName = cloud.Addresses.DnsNameOf(address),
            Lifecycle = LifecycleState.Detached,
            Launched = cloud.World.Now,
            Number = number,
            Tags = tags,
            Joins = false,
            Managed = managed,
        };
        cloud.Put(instance);
        cloud.World.Timeline.After(profile.LaunchDelay, () => Run(instance.Id, null));
        return instance;
    }

    /// <summary>Begins an instance's end; does nothing when it is already ending.</summary>
    /// <returns>The activity; null when the instance belongs to no group or is already ending.</returns>
    public ScalingActivity? Terminate(Instance instance, TerminationCause why, string? caller, bool decrement, string cause)
    {
        if (instance.State is InstanceState.ShuttingDown or InstanceState.Terminated)
        {
            return EndOf(instance, cause);
        }

        cloud.Record(new InstanceTermination(cloud.World.Now, instance, why, caller, decrement));
        var activity = instance.Group is null || why == TerminationCause.Ec2Request ? null : EndOf(instance, cause);
        cloud.Put(instance with
        {
            State = InstanceState.ShuttingDown,
            Lifecycle = activity is null ? instance.Lifecycle : LifecycleState.Terminating,
            Healthy = instance.Healthy && why != TerminationCause.Ec2Request,
        });
        cloud.Stopping(instance.Id);
        cloud.World.Timeline.After(cloud.ProfileOf(instance).Shutdown, () => End(instance.Id, activity?.Id));
        cloud.Engine.Settle(activity is null ? null : instance.Group);
        return activity;
    }

    private ScalingActivity? EndOf(Instance instance, string cause)
    {
        if (instance.Group is not { } group)
        {
            return null;
        }

        var activity = cloud.Activities.Begin(group, $"Terminating EC2 instance: {instance.Id}", cause, "InProgress", instance.Zone, instance.Id);
        if (instance.State is InstanceState.Terminated)
        {
            // The machine had ended outside the group: the group only takes it off its list.
            cloud.Put(instance with { Lifecycle = LifecycleState.Terminated });
            cloud.Activities.End(activity.Id, "Successful");
            cloud.Engine.Settle(group);
        }
        else if (instance.State is InstanceState.ShuttingDown)
        {
            cloud.Put(instance with { Lifecycle = LifecycleState.Terminating });
            cloud.Activities.End(activity.Id, "Successful");
            cloud.Engine.Settle(group);
        }

        return activity;
    }

    private void Run(string id, string? activity)
    {
        if (cloud.Instances.GetValueOrDefault(id) is not { State: InstanceState.Pending } pending)
        {
            return;
        }

        cloud.Put(pending with { State = InstanceState.Running });
        cloud.Started(id);
        if (activity is not null)
        {
            cloud.World.Timeline.After(CountedAfterRunning, () => EnterService(id, activity));
        }
    }

    private void EnterService(string id, string activity)
    {
        if (cloud.Instances.GetValueOrDefault(id) is not { Lifecycle: LifecycleState.Pending, State: InstanceState.Running } pending)
        {
            return;
        }

        var inService = pending with { Lifecycle = LifecycleState.InService };
        cloud.Put(inService);
        cloud.Activities.End(activity, "Successful");
        cloud.Engine.CameIntoService(inService);
    }

    private void End(string id, string? activity)
    {
        if (cloud.Instances.GetValueOrDefault(id) is not { } ending)
        {
            return;
        }

        cloud.Addresses.Give(ending.Zone, ending.PrivateIp);
        var ended = ending with
        {
            State = InstanceState.Terminated,
            Lifecycle = ending.Lifecycle == LifecycleState.Terminating ? LifecycleState.Terminated : ending.Lifecycle,
            Ended = cloud.World.Now,
        };
        cloud.Put(ended);
        if (activity is not null)
        {
            cloud.Activities.End(activity, "Successful");
        }

        cloud.Terminated(id);
        cloud.Engine.Settle(ended.Group);
        cloud.World.Timeline.After(VisibleAfterTermination, () => cloud.Forget(id));
    }

    private string IdOf(int number) => $"i-0{(ulong)cloud.World.Chance.For($"instance/{number}").NextInt64():x16}";
}
