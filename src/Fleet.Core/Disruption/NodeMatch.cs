namespace Fleet.Core.Disruption;

/// <summary>The scheduler's rules that depend on a pod and a node alone (Assigning Pods to Nodes; Taints and Tolerations).</summary>
public static class NodeMatch
{
    /// <summary>Whether a pod's nodeSelector and required node affinity accept a node.</summary>
    public static bool Selects(Pod pod, Node node)
    {
        foreach (var (key, value) in pod.NodeSelector)
        {
            if (!node.Labels.TryGetValue(key, out var actual) || actual != value)
            {
                return false;
            }
        }

        // A term without expressions matches nothing (Node affinity); the terms are alternatives.
        return pod.NodeAffinity.IsEmpty || pod.NodeAffinity.Any(term => !term.IsEmpty && term.All(requirement => requirement.Matches(node.Labels)));
    }

    /// <summary>Whether a taint keeps a pod away: PreferNoSchedule never does.</summary>
    public static bool Tolerates(Pod pod, NodeTaint taint)
    {
        if (taint.Effect is not ("NoSchedule" or "NoExecute"))
        {
            return true;
        }

        foreach (var toleration in pod.Tolerations)
        {
            if (toleration.Tolerates(taint))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first taint that keeps a pod away; null when none does.</summary>
    public static NodeTaint? Untolerated(Pod pod, Node node)
    {
        foreach (var taint in node.Taints)
        {
            if (!Tolerates(pod, taint))
            {
                return taint;
            }
        }

        return null;
    }

    /// <summary>A node's value of a topology key; null when it has none.</summary>
    public static string? Domain(Node node, string topologyKey) => topologyKey switch
    {
        "kubernetes.io/hostname" => node.Labels.GetValueOrDefault(topologyKey, node.Name),
        "topology.kubernetes.io/zone" => node.Labels.GetValueOrDefault(topologyKey) ?? (node.Zone.Length > 0 ? node.Zone : null),
        _ => node.Labels.GetValueOrDefault(topologyKey),
    };
}
