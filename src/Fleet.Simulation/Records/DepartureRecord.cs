using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>How a drained node leaves: after the load balancers had their time, with its volumes detached, and its Node object only after EC2 said terminated.</summary>
internal sealed class DepartureRecord
{
    private readonly RecordScope _scope;
    private readonly Dictionary<string, DateTimeOffset> _excluded = new(StringComparer.Ordinal);

    internal DepartureRecord(RecordScope scope)
    {
        _scope = scope;
        foreach (var node in scope.World.Cluster.Nodes.Objects)
        {
            Look(node);
        }
    }

    internal void Observe(Change change)
    {
        if (change.Object is not Node node)
        {
            return;
        }

        if (change.Kind != ChangeKind.Deleted)
        {
            Look(node);
        }
        else if (_scope.ByFleet && _scope.InstanceOf(node) is { } instance && instance.State != InstanceState.Terminated)
        {
            _scope.Violate(SafetyRule.NodeIdentity, $"node {node.Meta.Name}", $"the Node {node.Meta.Name} was deleted while its instance {instance.Id} is {instance.State}: its stateful pods may run twice");
        }
    }

    internal void Observe(InstanceTermination termination)
    {
        var (world, instance) = (_scope.World, termination.Instance);
        if (termination.Cause != TerminationCause.UserRequest || !_scope.IsFleet(termination.Caller) || !_scope.InPool(instance.Id) || _scope.NodeOf(instance) is not { } node)
        {
            return;
        }

        var name = $"node {node.Meta.Name}";
        if (world.Cluster.Attachments.Objects.FirstOrDefault(attachment => attachment.NodeName == node.Meta.Name) is { } attached)
        {
            _scope.Violate(SafetyRule.Volumes, name, $"the termination of {instance.Id} began while volume {attached.VolumeName} was attached to {name}: it cannot be attached elsewhere for 6 minutes");
        }

        var wait = _scope.Rotation.LoadBalancerWait;
        if (wait > TimeSpan.Zero && node.Ready == true && _scope.IsOutdated(instance) && !(_excluded.TryGetValue(node.Meta.Uid, out var since) && world.Now - since >= wait))
        {
            _scope.Violate(SafetyRule.LoadBalancer, name, $"the termination of {instance.Id} began before {name} had borne the load-balancer exclusion label for {wait}");
        }
    }

    private void Look(Node node)
    {
        if (node.Meta.Labels.ContainsKey(WellKnown.ExcludeFromLoadBalancers))
        {
            _excluded.TryAdd(node.Meta.Uid, _scope.World.Now);
        }
        else
        {
            _excluded.Remove(node.Meta.Uid);
        }
    }
}
