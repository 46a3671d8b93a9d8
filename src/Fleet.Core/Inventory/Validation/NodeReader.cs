using System.Collections.Immutable;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.node</c> of a NodePool.</summary>
internal static class NodeReader
{
    private static readonly Dictionary<string, NodeTaintEffect> Effects = Enum.GetValues<NodeTaintEffect>().ToDictionary(effect => effect.ToString());

    /// <summary>What a kubelet may set on its own node among the labels of Kubernetes' namespaces (Kubernetes, "Admission Control in Kubernetes", NodeRestriction).</summary>
    private static readonly HashSet<string> OwnLabels =
    [
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type",
        "failure-domain.beta.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ];

    /// <summary>The node; null where the map is absent.</summary>
    public static NodeSpec? Read(FieldReader? node)
    {
        if (node is null)
        {
            return null;
        }

        var labels = node.Labels("labels");
        foreach (var key in labels.Keys)
        {
            if (Refusal(key) is { } why)
            {
                node.Fail("labels", "reserved", key, "labels that a kubelet may set on its node", $"{node.Path("labels")}.{key} {why}");
            }
        }

        var read = new NodeSpec { Labels = labels, Taints = Taints(node), Kubelet = KubeletReader.Read(node.Map("kubelet")) };
        node.Close();
        return read;
    }

    private static string? Refusal(string key)
    {
        var space = key.Contains('/', StringComparison.Ordinal) ? key[..key.IndexOf('/', StringComparison.Ordinal)] : "";
        bool Of(string domain) => space == domain || space.EndsWith("." + domain, StringComparison.Ordinal);
        return space == "fleet" ? "is one of Fleet's own; leave it out"
            : Of("node-restriction.kubernetes.io") ? "is kept from kubelets by NodeRestriction; set it on the nodes by another hand"
            : (Of("kubernetes.io") || Of("k8s.io")) && !Of("kubelet.kubernetes.io") && !Of("node.kubernetes.io") && !OwnLabels.Contains(key)
                ? $"is refused by NodeRestriction, which lets a kubelet set no label in {space}; take a domain of your own, or set it on the nodes by another hand"
            : null;
    }

    private static ImmutableArray<NodeTaintSpec> Taints(FieldReader node)
    {
        var taints = ImmutableArray.CreateBuilder<NodeTaintSpec>();
        foreach (var item in node.Maps("taints"))
        {
            var key = item.Text("key", Formats.LabelKey, required: true);
            var value = item.Find("value") is null ? "" : item.Text("value", Formats.LabelValue);
            var effect = item.Choice("effect", Effects, required: true);
            if (key?.StartsWith("fleet/", StringComparison.Ordinal) == true)
            {
                item.Fail("key", "reserved", key, "taints other than Fleet's own", $"{item.Path("key")} is '{key}', which is one of Fleet's own; leave it out");
            }
            else if (taints.Any(taint => taint.Key == key && taint.Effect == effect))
            {
                item.Fail("key", "duplicate", key, "each key and effect once", $"{item.Path("key")}: {key} with effect {effect} is given twice");
            }

            if (key is not null && value is not null && effect is { } what)
            {
                taints.Add(new(key, value, what));
            }

            item.Close();
        }

        return taints.ToImmutable();
    }
}
