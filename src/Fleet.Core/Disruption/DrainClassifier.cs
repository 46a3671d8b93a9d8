using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Classes pods as <c>kubectl drain</c> does (Safely Drain a Node), with Fleet's drain classes on top.</summary>
public static class DrainClassifier
{
    private const string DoNotDisrupt = "karpenter.sh/do-not-disrupt";
    private const string SafeToEvict = "cluster-autoscaler.kubernetes.io/safe-to-evict";

    /// <summary>What a drain does with a pod.</summary>
    public static DrainVerdict Classify(Pod pod, RotationPolicy policy, ClusterView view)
    {
        var drainClass = ClassOf(pod, policy);
        DrainVerdict As(DrainDisposition disposition, Reason? reason = null) => new(disposition, drainClass, reason);
        if (pod.Mirror)
        {
            return As(DrainDisposition.Leave);
        }

        if (pod.Finished)
        {
            return As(DrainDisposition.Finished);
        }

        var ownerGone = OwnerIsGone(pod, view);
        if (pod.Owner?.Kind == "DaemonSet" && !ownerGone)
        {
            return As(DrainDisposition.Leave);
        }

        if (pod.DeletionDue is not null)
        {
            return As(DrainDisposition.Terminating);
        }

        // Waiting disturbs nobody, so that neither an annotation nor a missing controller speaks against it: Spark drivers are often bare pods.
        if (drainClass == DrainClass.WaitForCompletion)
        {
            return As(DrainDisposition.WaitForCompletion, Waits(pod));
        }

        return Obstacle(pod, policy, ownerGone) is { } reason
            ? As(DrainDisposition.Blocked, reason)
            : As(DrainDisposition.Evict) with { LosesLocalData = pod.EmptyDir };
    }

    /// <summary>The drain class of a pod: the first rule that matches, else normal.</summary>
    public static DrainClass ClassOf(Pod pod, RotationPolicy policy)
    {
        foreach (var rule in policy.DrainRules)
        {
            if ((rule.Namespace is null || rule.Namespace == pod.Namespace)
                && rule.MatchLabels.All(label => pod.Labels.TryGetValue(label.Key, out var value) && value == label.Value))
            {
                return rule.Class;
            }
        }

        return DrainClass.Normal;
    }

    // Only of the kinds that the view holds can be said that one is gone; pods of other controllers (operators) are taken to be made again.
    private static bool OwnerIsGone(Pod pod, ClusterView view) =>
        pod.Owner is { Kind: "ReplicaSet" or "StatefulSet" or "DaemonSet" or "Job" } owner && !view.Owners.ContainsKey(owner.Uid);

    private static Reason? Obstacle(Pod pod, RotationPolicy policy, bool ownerGone)
    {
        if (pod.Owner is null)
        {
            return Blocked(pod, DisruptionCodes.BarePod, "has no controller that would make it again", "no controller", $"delete it or run it under a controller: kubectl delete pod -n {pod.Namespace} {pod.Name}");
        }

        if (ownerGone)
        {
            return Blocked(pod, DisruptionCodes.OwnerGone, $"belongs to {pod.Owner}, which no longer exists", $"{pod.Owner} not found", $"delete it: kubectl delete pod -n {pod.Namespace} {pod.Name}");
        }

        // Karpenter also takes a duration here; whatever is not a plain no keeps the pod.
        if (pod.Annotations.TryGetValue(DoNotDisrupt, out var keep) && keep is not ("" or "false"))
        {
            return Blocked(pod, DisruptionCodes.DoNotDisrupt, $"forbids its disruption by the annotation {DoNotDisrupt}", $"{DoNotDisrupt}: {keep}", $"kubectl annotate pod -n {pod.Namespace} {pod.Name} {DoNotDisrupt}-");
        }

        if (pod.Annotations.TryGetValue(SafeToEvict, out var safe) && safe == "false")
        {
            return Blocked(pod, DisruptionCodes.DoNotDisrupt, $"forbids its eviction by the annotation {SafeToEvict}", $"{SafeToEvict}: false", $"kubectl annotate pod -n {pod.Namespace} {pod.Name} {SafeToEvict}-");
        }

        return pod.EmptyDir && !policy.DeleteEmptyDirData
            ? Blocked(pod, DisruptionCodes.LocalData, "keeps data in an emptyDir volume that its eviction would lose", "emptyDir", "set deleteEmptyDirData: true in the pool's rotation, or move the data to a persistent volume")
            : null;
    }

    private static Reason Waits(Pod pod) => new()
    {
        Code = DisruptionCodes.WaitForCompletion,
        Sentence = $"pod {pod.Key} is left until it ends by itself",
        Object = $"pod {pod.Key}",
        Limit = "drain class waitForCompletion",
        Value = pod.Phase.ToString(),
        Cure = "wait, or end the work yourself",
        Node = pod.Node,
    };

    private static Reason Blocked(Pod pod, string code, string why, string value, string cure) => new()
    {
        Code = code,
        Sentence = $"pod {pod.Key} {why}",
        Object = $"pod {pod.Key}",
        Value = value,
        Cure = cure,
        Node = pod.Node,
    };
}
