using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Nodes as Core's records.</summary>
internal static class NodeTranslation
{
    private const string Zone = "topology.kubernetes.io/zone";

    public static Node Of(V1Node node)
    {
        var meta = node.Metadata;
        var labels = Shared.Map(meta.Labels);
        var provider = string.IsNullOrEmpty(node.Spec?.ProviderID) ? null : node.Spec.ProviderID;
        var parts = provider?.Split('/') ?? [];
        var ready = node.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        return new Node
        {
            Name = meta.Name,
            Uid = meta.Uid,
            ResourceVersion = meta.ResourceVersion ?? "",
            ProviderId = provider,
            InstanceId = parts.Length > 0 ? parts[^1] : null,
            Zone = labels.GetValueOrDefault(Zone) ?? (parts.Length > 1 ? parts[^2] : ""),
            Unschedulable = node.Spec?.Unschedulable ?? false,
            Ready = ready?.Status == "True",
            ReadySince = Shared.Time(ready?.LastTransitionTime),
            Created = Shared.Time(meta.CreationTimestamp) ?? default,
            Labels = labels,
            Annotations = Shared.Map(meta.Annotations),
            Taints = [.. (node.Spec?.Taints ?? []).Select(taint => new NodeTaint(taint.Key, taint.Value, taint.Effect))],
            Allocatable = Amounts.Of(node.Status?.Allocatable),
        };
    }
}
