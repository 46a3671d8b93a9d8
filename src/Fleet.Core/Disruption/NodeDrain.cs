using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>What the drain of a node comes to as the view stands.</summary>
public sealed record NodeDrain
{
    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>Its pods: those with long graces first, then by name.</summary>
    public required ImmutableArray<PodDrain> Pods { get; init; }

    /// <summary>Pods still to be evicted that use up a disruption, by the budget's key.</summary>
    public required ImmutableSortedDictionary<string, int> ByBudget { get; init; }

    /// <summary>Pods still to be evicted of owners without budget, by the owner's uid.</summary>
    public required ImmutableSortedDictionary<string, int> ByOwner { get; init; }

    /// <summary>Pods that will need room elsewhere.</summary>
    public IEnumerable<Pod> Movable => Pods.Where(pod => pod.Pending).Select(pod => pod.Pod);

    /// <summary>Whether only pods are left that go with the node.</summary>
    public bool Drained => Pods.All(pod => pod.Verdict.Disposition is DrainDisposition.Leave or DrainDisposition.Finished);

    /// <summary>The longest grace of the pods to be evicted: a first measure of the drain's length.</summary>
    public TimeSpan LongestGrace => TimeSpan.FromSeconds(Pods.Where(pod => pod.Pending).Select(pod => pod.Pod.GraceSeconds).DefaultIfEmpty().Max());
}
