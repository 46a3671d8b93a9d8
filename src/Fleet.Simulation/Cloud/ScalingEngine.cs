namespace Fleet.Simulation.Cloud;

/// <summary>What Auto Scaling does by itself: brings each group to its desired capacity, evens out its zones, replaces what is unhealthy, and honours suspended processes.</summary>
internal sealed class ScalingEngine(CloudState cloud)
{
    private static readonly TimeSpan Reaction = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfterFailedLaunch = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RebalanceCheck = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HealthCheck = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (DateTimeOffset At, IDisposable Handle)> _due = [];
    private readonly Dictionary<string, string> _why = [];
    private readonly Dictionary<string, DateTimeOffset> _launchNotBefore = [];
    private readonly Dictionary<string, HashSet<string>> _rebalancing = [];

    /// <summary>What launches and terminates on the groups' behalf.</summary>
    public InstanceLifecycle Lifecycle { get; } = new(cloud);

    /// <summary>Lets a group look at itself soon.</summary>
    public void Touch(string group, string? why = null, TimeSpan? after = null)
    {
        if (why is not null)
        {
            _why[group] = why;
            _launchNotBefore.Remove(group);
        }

        var at = cloud.World.Now + (after ?? Reaction);
        if (_due.TryGetValue(group, out var due))
        {
            if (due.At <= at)
            {
                return;
            }

            due.Handle.Dispose();
        }

        _due[group] = (at, cloud.World.Timeline.At(at, () =>
        {
            _due.Remove(group);
            Reconcile(group);
        }));
    }

    /// <summary>A launch beside the group's own: LaunchInstances.</summary>
    public Instance? LaunchIn(AutoScalingGroup group, string zone, string cause, out string? failure) => Lifecycle.Launch(group, zone, cause, out failure);

    /// <summary>Called when a launched instance has come into service.</summary>
    public void CameIntoService(Instance instance)
    {
        if (instance.Group is { } group && _rebalancing.TryGetValue(group, out var extra) && extra.Remove(instance.Id))
        {
            FinishRebalance(group, instance);
        }

        Settle(instance.Group);
    }

    /// <summary>Called when the number of a group's instances has changed, so that it looks at its zones once it is quiet.</summary>
    public void Settle(string? group)
    {
        if (group is not null && cloud.Groups.ContainsKey(group))
        {
            Touch(group, after: Reaction);
        }
    }

    /// <summary>Lets the group find, at its next health check, that an instance is no longer well.</summary>
    public void BecameUnhealthy(string group) => Touch(group, after: HealthCheck);

    private void Reconcile(string name)
    {
        if (!cloud.Groups.TryGetValue(name, out var group))
        {
            return;
        }

        ReplaceUnhealthy(group);
        var roster = cloud.RosterOf(name);
        var extra = StillRebalancing(name);
        var missing = group.Desired - (roster.Counting - extra);
        if (missing > 0)
        {
            Grow(group, missing);
        }
        else if (missing < 0)
        {
            Shrink(group, -missing);
        }
        else
        {
            Rebalance(group, roster);
        }
    }

    private void Grow(AutoScalingGroup group, int missing)
    {
        if (group.IsSuspended("Launch"))
        {
            return;
        }

        if (_launchNotBefore.TryGetValue(group.Name, out var notBefore) && notBefore > cloud.World.Now)
        {
            Touch(group.Name, after: notBefore - cloud.World.Now);
            return;
        }

        for (var i = 0; i < missing; i++)
        {
            var counting = cloud.RosterOf(group.Name).Counting;
            var cause = $"{Why(group.Name)} At {Stamp()} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from {counting} to {counting + 1}.";
            if (!LaunchInEmptiest(group, cause))
            {
                _launchNotBefore[group.Name] = cloud.World.Now + RetryAfterFailedLaunch;
                Touch(group.Name, after: RetryAfterFailedLaunch);
                return;
            }
        }
    }

    private bool LaunchInEmptiest(AutoScalingGroup group, string cause)
    {
        foreach (var zone in ByFilling(group))
        {
            if (Lifecycle.Launch(group, zone, cause, out _) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private List<string> ByFilling(AutoScalingGroup group)
    {
        var roster = cloud.RosterOf(group.Name);
        return group.Zones.OrderBy(roster.CountingIn).ThenBy(zone => group.Zones.IndexOf(zone)).ToList();
    }

    private void Shrink(AutoScalingGroup group, int surplus)
    {
        if (group.IsSuspended("Terminate"))
        {
            return;
        }

        for (var i = 0; i < surplus; i++)
        {
            if (TerminationChoice.Of(group, cloud) is not { } victim)
            {
                // All are protected: desired stays below the number of instances until protection is lifted.
                return;
            }

            var counting = cloud.RosterOf(group.Name).Counting;
            var cause = $"{Why(group.Name)} At {Stamp()} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from {counting} to {counting - 1}. At {Stamp()} instance {victim.Id} was selected for termination.";
            Lifecycle.Terminate(victim, TerminationCause.ScaleIn, null, decrement: false, cause);
        }
    }

    private void ReplaceUnhealthy(AutoScalingGroup group)
    {
        if (group.IsSuspended("ReplaceUnhealthy") || group.IsSuspended("Terminate"))
        {
            return;
        }

        foreach (var instance in cloud.Members(group.Name).Where(instance => !instance.Healthy && instance.Counts).ToList())
        {
            Lifecycle.Terminate(instance, TerminationCause.Unhealthy, null, decrement: false, $"At {Stamp()} an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.");
        }
    }

    private void Rebalance(AutoScalingGroup group, GroupRoster roster)
    {
        if (group.Zones.Length < 2 || group.IsSuspended("AZRebalance") || group.IsSuspended("Launch") || group.IsSuspended("Terminate"))
        {
            return;
        }

        var (emptiest, fullest) = (ByFilling(group)[0], ByFilling(group)[^1]);
        if (roster.CountingIn(fullest) - roster.CountingIn(emptiest) < 2 || TerminationChoice.In(group, fullest, cloud) is null)
        {
            return;
        }

        var extra = _rebalancing.TryGetValue(group.Name, out var known) ? known : _rebalancing[group.Name] = [];
        var margin = Math.Max(1, group.Max / 10);
        if (roster.Counting >= group.Max + margin || extra.Count >= margin)
        {
            return;
        }

        var cause = $"At {Stamp()} instances were launched to balance instances in zones {string.Join(' ', group.Zones.Where(zone => zone != emptiest))} with other zones resulting in more than desired number of instances in the group.";
        if (Lifecycle.Launch(group, emptiest, cause, out _) is { } launched)
        {
            extra.Add(launched.Id);
            Touch(group.Name, after: RebalanceCheck);
        }
        else
        {
            Touch(group.Name, after: RetryAfterFailedLaunch);
        }
    }

    /// <summary>Instances beyond desired that a rebalance has launched; one that was terminated before it came into service is none any more.</summary>
    private int StillRebalancing(string name)
    {
        if (!_rebalancing.TryGetValue(name, out var extra))
        {
            return 0;
        }

        extra.RemoveWhere(id => cloud.Instances.GetValueOrDefault(id) is not { Counts: true });
        return extra.Count;
    }

    private void FinishRebalance(string name, Instance launched)
    {
        if (!cloud.Groups.TryGetValue(name, out var group) || group.IsSuspended("Terminate"))
        {
            return;
        }

        var fullest = ByFilling(group)[^1];
        if (TerminationChoice.In(group, fullest, cloud) is { } victim && victim.Id != launched.Id)
        {
            Lifecycle.Terminate(victim, TerminationCause.Rebalance, null, decrement: false, $"At {Stamp()} an instance was taken out of service to balance instances in zones {fullest} with other zones.");
        }
    }

    private string Why(string group) => _why.GetValueOrDefault(group) ?? $"At {Stamp()} a difference between desired and actual capacity was found.";

    private string Stamp() => cloud.World.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
