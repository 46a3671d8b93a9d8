using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Holds Fleet to its canary: until the first outdated node is wholly gone no other one follows it, and none bears the soft taint.</summary>
internal sealed class CanaryRecord(RecordScope scope)
{
    private string? _first;
    private bool _passed;

    internal void Observe(InstanceTermination termination)
    {
        if (_passed || !scope.InPool(termination.Instance.Id) || !scope.IsOutdated(termination.Instance))
        {
            return;
        }

        if (scope.NodeOf(termination.Instance) is not { } node)
        {
            // Nothing to drain and nothing to see: whoever ended it, its slot closes with it.
            _passed = true;
        }
        else if (termination.Cause == TerminationCause.UserRequest && scope.IsFleet(termination.Caller))
        {
            if (_first is not null)
            {
                scope.Violate(SafetyRule.Canary, $"node {node.Meta.Name}", $"node {node.Meta.Name} is terminated while the canary {_first} is not wholly gone");
            }

            _first ??= node.Meta.Name;
        }
    }

    internal void Observe(Change change)
    {
        if (_passed || change.Object is not Node node || scope.InstanceOf(node) is not { } instance || !scope.InPool(instance.Id) || !scope.IsOutdated(instance))
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted)
        {
            _passed = true;
        }
        else if (scope.ByFleet && change.Before is Node before && IsSoft(node) && !IsSoft(before))
        {
            scope.Violate(SafetyRule.Canary, $"node {node.Meta.Name}", $"node {node.Meta.Name} bears the soft taint before the canary has passed: new pods prefer nodes that have not proved themselves");
        }
    }

    private static bool IsSoft(Node node) => node.Taints.Any(taint => taint.Key == FleetMarks.Outdated.Key);
}
