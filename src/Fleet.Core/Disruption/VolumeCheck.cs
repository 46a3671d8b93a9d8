using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether the volumes of a drained node's pods are free: an instance that ends before costs a forced detach after six minutes.</summary>
public static class VolumeCheck
{
    /// <summary>Why a drained node waits; null when no volume is attached to it but those of pods that stay.</summary>
    public static Reason? Waiting(DrainRound round, string node)
    {
        var attached = round.View.Attachments.Values.Where(attachment => attachment.Node == node).OrderBy(attachment => attachment.Name, StringComparer.Ordinal).ToList();
        if (attached.Count == 0)
        {
            return null;
        }

        // Attachments of DaemonSet pods never go while the node lives.
        var staying = round.Of(node).Pods.Where(pod => pod.Verdict.Disposition == DrainDisposition.Leave).SelectMany(pod => pod.Pod.Volumes).ToHashSet();
        attached.RemoveAll(attachment => staying.Contains(attachment.Volume));
        return attached.Count == 0 ? null : new()
        {
            Code = DisruptionCodes.VolumeAttached,
            Sentence = $"volume {attached[0].Volume} of a drained pod is still attached to node {node}" + (attached.Count > 1 ? $", and {attached.Count - 1} more" : ""),
            Object = $"volumeattachment {attached[0].Name}",
            Limit = "no attachment of a drained pod",
            Value = $"{attached.Count} attached",
            Cure = "wait for the CSI driver to detach it; look at its controller if it does not",
            Node = node,
        };
    }
}
