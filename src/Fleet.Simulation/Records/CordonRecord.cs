using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>A node is cordoned, and only then its pods are evicted (Safely Drain a Node): else the scheduler may put their successors on the same node.</summary>
internal sealed class CordonRecord(RecordScope scope)
{
    /// <summary>A pod that Fleet has just begun to end.</summary>
    internal void Ended(Pod before)
    {
        if (before.NodeName is { } name && scope.World.Cluster.Nodes[new ObjectKey("", name)] is { Unschedulable: false })
        {
            scope.Violate(SafetyRule.Cordoned, $"pod {before.Meta.Key}", $"pod {before.Meta.Key} was ended by Fleet while its node {name} was not cordoned");
        }
    }
}
