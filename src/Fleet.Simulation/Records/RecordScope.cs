using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>What the parts of a recorder share: the world, the rotation, who acts right now, and the violations found.</summary>
internal sealed class RecordScope(World world, RecordedRotation rotation)
{
    private readonly HashSet<string> _pool = [.. rotation.Groups.SelectMany(world.Cloud.Members).Select(instance => instance.Id)];

    internal World World => world;

    internal RecordedRotation Rotation => rotation;

    internal DateTimeOffset Start { get; } = world.Now;

    internal List<Violation> Violations { get; } = [];

    /// <summary>Whether what changes now is Fleet's doing.</summary>
    internal bool ByFleet => world.Calls.Current is { } call && IsFleet(call.Caller);

    internal bool IsFleet(string? caller) => caller is not null && rotation.Callers.Contains(caller);

    internal void Violate(SafetyRule rule, string subject, string sentence) => Violations.Add(new Violation(world.Now, rule, subject, sentence));

    /// <summary>Takes an instance into the pool; it stays there when it is detached later.</summary>
    internal void Meet(Instance instance)
    {
        if (instance.Group is { } group && rotation.Groups.Contains(group))
        {
            _pool.Add(instance.Id);
        }
    }

    internal bool InPool(string instanceId) => _pool.Contains(instanceId);

    internal Instance? InstanceOf(Node node) => world.Cloud.Instances.GetValueOrDefault(node.ProviderId[(node.ProviderId.LastIndexOf('/') + 1)..]);

    /// <summary>The Node of an instance; null before it has registered and after its removal.</summary>
    internal Node? NodeOf(Instance instance) =>
        world.Cluster.Nodes[new ObjectKey("", instance.PrivateDnsName)] is { } node && InstanceOf(node)?.Id == instance.Id ? node : null;

    /// <summary>Whether a node of the pool takes pods: Ready, schedulable, its instance running, and no hard taint but those that it always bears.</summary>
    internal bool Serves(Node node) =>
        node.Ready == true && !node.Unschedulable && InstanceOf(node) is { State: InstanceState.Running } instance && InPool(instance.Id)
        && node.Taints.All(taint => taint.Effect == "PreferNoSchedule" || instance.NodeTaints.Contains(taint));

    internal bool IsOutdated(Instance instance) =>
        (rotation.ImageId is { } image && instance.ImageId != image) || (instance.Group is { } group && rotation.Versions.TryGetValue(group, out var version) && instance.TemplateVersion != version);

    /// <summary>
    /// Whether a pod has to be evicted before its node may go: it runs (a terminating pod inside its grace still does), no DaemonSet would put it back there, and the API server is not merely its mirror.
    /// On a node that is not Ready nobody is left to end a pod: there one whose deletion has been asked for no longer counts.
    /// </summary>
    internal static bool MustBeDrained(Pod pod, bool nodeReady) =>
        IsMovable(pod) && pod.Phase is PodPhase.Pending or PodPhase.Running && !pod.ContainersEnded && (nodeReady || pod.Meta.DeletionTimestamp is null);

    internal static bool IsMovable(Pod pod) => !pod.Mirror && pod.Meta.Controller is not { Kind: nameof(DaemonSet) };

    internal IEnumerable<Pod> PodsOn(string node) => world.Cluster.Index.Node(node) is { } slot ? slot.Pods.Select(entry => entry.Pod) : [];
}
