using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Controllers of pods as Core's records. A number that is absent is what Kubernetes takes for it: one replica wanted, none ready.</summary>
internal static class OwnerTranslation
{
    public static Owner Of(V1ReplicaSet set) => Of("ReplicaSet", set.Metadata, set.Spec?.Replicas ?? 1, set.Status?.ReadyReplicas ?? 0);

    public static Owner Of(V1StatefulSet set) => Of("StatefulSet", set.Metadata, set.Spec?.Replicas ?? 1, set.Status?.ReadyReplicas ?? 0);

    public static Owner Of(V1DaemonSet set) => Of("DaemonSet", set.Metadata, set.Status?.DesiredNumberScheduled ?? 0, set.Status?.NumberReady ?? 0) with
    {
        DaemonTemplate = set.Spec?.Template is { } template ? PodTranslation.OfTemplate(template, set.Metadata.NamespaceProperty ?? "") : null,
    };

    /// <summary>A Job without completions is a work queue: as many pods as run in parallel until one succeeds.</summary>
    public static Owner Of(V1Job job)
    {
        var parallel = job.Spec?.Suspend == true ? 0 : job.Spec?.Parallelism ?? 1;
        var succeeded = job.Status?.Succeeded ?? 0;
        var left = job.Spec?.Completions is { } completions ? completions - succeeded : succeeded > 0 ? 0 : parallel;
        return Of("Job", job.Metadata, Math.Max(0, Math.Min(parallel, left)), job.Status?.Ready ?? 0);
    }

    private static Owner Of(string kind, V1ObjectMeta meta, int wanted, int ready) => new()
    {
        Key = new OwnerKey(kind, meta.NamespaceProperty ?? "", meta.Name, meta.Uid),
        Wanted = wanted,
        Ready = ready,
        Parent = Shared.ControllerOf(meta),
    };
}
