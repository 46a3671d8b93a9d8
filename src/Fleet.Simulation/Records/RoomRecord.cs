using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Cluster.Scheduling;

namespace Fleet.Simulation.Records;

/// <summary>
/// At the cordon of an outdated node each of its pods must fit on some other node, as the scheduler sees it. That they fit together is Fleet's to reckon; that one fits nowhere is plain.
/// Left out are pods with hard spread constraints, whose own place counts against them, runs that may force, and nodes whose cordon was decided earlier and came late.
/// </summary>
internal sealed class RoomRecord(RecordScope scope)
{
    private readonly HashSet<string> _late = new(StringComparer.Ordinal);

    internal void Observe(CallRecord call)
    {
        if (call is { Verb: "patch nodes", Error: not null })
        {
            _late.Add(call.Subject);
        }
    }

    internal void Observe(Change change)
    {
        if (change is not { Kind: ChangeKind.Modified, Object: Node { Unschedulable: true } node, Before: Node { Unschedulable: false } }
            || !scope.ByFleet || scope.Rotation.MayForce || _late.Contains(node.Meta.Name) || scope.InstanceOf(node) is not { } instance || !scope.IsOutdated(instance))
        {
            return;
        }

        var cluster = scope.World.Cluster;
        var domains = new NodeDomains(cluster);
        foreach (var pod in scope.PodsOn(node.Meta.Name).Where(pod => RecordScope.IsMovable(pod) && pod is { IsActive: true, Meta.Controller: not null } && !pod.Template.Spread.Any(spread => spread.Hard)).ToList())
        {
            var placement = new Placement(cluster, domains, pod);
            if (!cluster.Index.Nodes.Any(slot => slot.Node is { } other && other.Meta.Uid != node.Meta.Uid && placement.Refusal(slot) is null))
            {
                scope.Violate(SafetyRule.Room, $"pod {pod.Meta.Key}", $"node {node.Meta.Name} was cordoned although its pod {pod.Meta.Key} fits on no other node");
            }
        }
    }
}
