using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>Whether a pod template may stand on a node, apart from room and neighbours.</summary>
internal static class NodeFit
{
    /// <summary>Node selector and required node affinity.</summary>
    internal static bool Selects(PodTemplate template, Node node)
    {
        foreach (var (key, value) in template.NodeSelector)
        {
            if (node.Meta.Labels.GetValueOrDefault(key) != value)
            {
                return false;
            }
        }

        return template.NodeAffinity.IsEmpty || template.NodeAffinity.Any(term => term.All(expression => expression.Matches(node.Meta.Labels)));
    }

    internal static bool Tolerated(ImmutableArray<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (toleration.Tolerates(taint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first taint of a list that is not tolerated; null when all are.</summary>
    internal static Taint? Untolerated(ImmutableArray<Toleration> tolerations, ImmutableArray<Taint> taints)
    {
        foreach (var taint in taints)
        {
            if (!Tolerated(tolerations, taint))
            {
                return taint;
            }
        }

        return null;
    }
}
