namespace Fleet.Core.Rotations;

/// <summary>Auto Scaling groups. Throws <see cref="CloudRefusedException"/>; "already so" is success.</summary>
public interface IScalingGroups
{
    /// <summary>The groups that exist of these names, in one bulk read.</summary>
    Task<IReadOnlyList<ScalingGroup>> DescribeAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>As <see cref="DescribeAsync"/>, with the features that need calls of their own (hooks, warm pool, refreshes). For the checks before a run.</summary>
    Task<IReadOnlyList<ScalingGroup>> InspectAsync(IReadOnlyList<string> names, CancellationToken cancellationToken);

    /// <summary>SetDesiredCapacity; refused by AWS above max. There is no compare-and-set: read right before.</summary>
    Task SetDesiredAsync(string group, int desired, CancellationToken cancellationToken);

    /// <summary>Sets MaxSize. AWS lowers desired to it when it is above: read right before.</summary>
    Task SetMaxAsync(string group, int max, CancellationToken cancellationToken);

    /// <summary>Pins the group's template and numeric version.</summary>
    Task PinTemplateAsync(string group, string templateId, string version, CancellationToken cancellationToken);

    /// <summary>Sets NewInstancesProtectedFromScaleIn.</summary>
    Task SetNewInstancesProtectedAsync(string group, bool value, CancellationToken cancellationToken);

    /// <summary>Sets or lifts scale-in protection of instances; the adapter cuts the list into calls of 50. Instances that are gone are left out.</summary>
    Task ProtectAsync(string group, IReadOnlyList<string> instanceIds, bool value, CancellationToken cancellationToken);

    /// <summary>Suspends a process.</summary>
    Task SuspendAsync(string group, string process, CancellationToken cancellationToken);

    /// <summary>Resumes a process.</summary>
    Task ResumeAsync(string group, string process, CancellationToken cancellationToken);

    /// <summary>
    /// TerminateInstanceInAutoScalingGroup by id. With decrement the group's desired capacity falls by one; without it the group launches a replacement at once
    /// unless it has more instances than it wants. An instance that is Terminating or gone is a success.
    /// </summary>
    Task TerminateAsync(string instanceId, bool decrement, CancellationToken cancellationToken);

    /// <summary>Latest activities, newest first, back to an instant.</summary>
    Task<IReadOnlyList<ScalingActivity>> ActivitiesAsync(string group, DateTimeOffset since, CancellationToken cancellationToken);
}
