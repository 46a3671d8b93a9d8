using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>Pods that have a node or a controller in common, by uid. Immutable; what is reckoned from it is reckoned once, however many rounds and views share it.</summary>
public sealed class PodSet
{
    /// <summary>No pods.</summary>
    public static readonly PodSet Empty = new(ImmutableDictionary<string, Pod>.Empty);

    private readonly ImmutableDictionary<string, Pod> byUid;
    private Pod[]? pods;
    private OwnerPods? live;
    private Pod[]? repelling;
    private Resources? requested;
    private long? longestGrace;

    private PodSet(ImmutableDictionary<string, Pod> byUid) => this.byUid = byUid;

    /// <summary>The pods, in no order that means anything.</summary>
    public IReadOnlyList<Pod> Pods => pods ??= [.. byUid.Values];

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => byUid.IsEmpty;

    /// <summary>Those that are neither finished nor being deleted.</summary>
    internal OwnerPods Live => live ??= new(Pods);

    /// <summary>Those that keep others away from their node or its surroundings.</summary>
    internal IReadOnlyList<Pod> Repelling => repelling ??= [.. Pods.Where(pod => !pod.AntiAffinity.IsEmpty)];

    /// <summary>What those that are not finished take from their node; a pod counts at least 1.</summary>
    internal Resources Requested => requested ??= Pods.Where(pod => !pod.Finished)
        .Aggregate(Resources.None, (sum, pod) => sum + (pod.Requests with { Pods = Math.Max(1, pod.Requests.Pods) }));

    /// <summary>The longest grace in seconds of the pods that a drain has to move: a first measure of its length.</summary>
    internal long LongestGrace => longestGrace ??= Pods.Where(pod => !pod.Finished && !pod.Mirror && pod.DeletionDue is null && pod.Owner?.Kind != "DaemonSet").Select(pod => (long)pod.GraceSeconds).DefaultIfEmpty().Max();

    /// <summary>The set with a pod added or replaced.</summary>
    public PodSet With(Pod pod) => new(byUid.SetItem(pod.Uid, pod));

    /// <summary>The set without a pod.</summary>
    public PodSet Without(string uid) => byUid.ContainsKey(uid) ? new(byUid.Remove(uid)) : this;
}
