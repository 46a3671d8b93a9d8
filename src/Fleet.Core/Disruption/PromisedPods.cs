namespace Fleet.Core.Disruption;

/// <summary>Pods that will need a place although nothing more is admitted: those that wait for a node, and those whose node drains.</summary>
internal static class PromisedPods
{
    public static IEnumerable<Pod> Of(DrainRound round, IEnumerable<string> draining)
    {
        // A DaemonSet's pod waits for one node and takes no room from others.
        var waiting = round.View.Unscheduled.Select(uid => round.View.Pods[uid])
            .Where(pod => pod.DeletionDue is null && pod.Owner?.Kind != "DaemonSet")
            .OrderBy(pod => pod.Created)
            .ThenBy(pod => pod.Uid, StringComparer.Ordinal);
        foreach (var pod in waiting)
        {
            yield return pod;
        }

        var missing = new Dictionary<string, int>();
        foreach (var pod in draining.SelectMany(node => round.Of(node).Pods))
        {
            if (pod.Verdict.Disposition == DrainDisposition.Evict)
            {
                yield return pod.Pod;
            }
            else if (pod is { Verdict.Disposition: DrainDisposition.Terminating, Pod.Owner: { } owner } && Lacks(round, owner.Uid, missing))
            {
                yield return pod.Pod;
            }
        }
    }

    // A ReplicaSet makes the new pod when the deletion begins, a StatefulSet when it has ended: only what is not made yet is still to be placed.
    private static bool Lacks(DrainRound round, string uid, Dictionary<string, int> missing)
    {
        if (!missing.TryGetValue(uid, out var count))
        {
            count = round.View.Owners.TryGetValue(uid, out var owner)
                ? owner.Wanted - round.LiveOf(uid).Count
                : 0;
        }

        missing[uid] = count - 1;
        return count > 0;
    }
}
