using System.Collections.Immutable;
using Fleet.Core.Inventory;

namespace Fleet.Core.Disruption;

/// <summary>A view with what is reckoned from it once and used often. It belongs to one round and one thread.</summary>
public sealed class DrainRound
{
    private readonly Dictionary<string, NodeDrain> nodes = [];

    /// <summary>Prepares a view.</summary>
    public DrainRound(ClusterView view, RotationPolicy policy)
    {
        View = view;
        Policy = policy;
        Budgets = new BudgetIndex(view.Budgets.Values);
    }

    /// <summary>The view.</summary>
    public ClusterView View { get; }

    /// <summary>The pool's policy.</summary>
    public RotationPolicy Policy { get; }

    /// <summary>The view's budgets.</summary>
    public BudgetIndex Budgets { get; }

    /// <summary>Whether owners without budget are spared; off only in tests.</summary>
    internal bool LimitsOwners { get; init; } = true;

    /// <summary>Whether a pod that must not be evicted is left alone; off only in tests.</summary>
    internal bool HeedsObstacles { get; init; } = true;

    /// <summary>What the drain of a node comes to.</summary>
    public NodeDrain Of(string node)
    {
        if (!nodes.TryGetValue(node, out var drain))
        {
            nodes[node] = drain = Reckon(node);
        }

        return drain;
    }

    /// <summary>How many pods of an owner are ready and live.</summary>
    public int ReadyOf(string ownerUid) => LiveOf(ownerUid).Ready;

    /// <summary>The longest grace in seconds of the pods that the drain of a node has to move.</summary>
    internal long GraceOn(string node) => View.ByNode.GetValueOrDefault(node, PodSet.Empty).LongestGrace;

    /// <summary>An owner's live pods.</summary>
    internal OwnerPods LiveOf(string ownerUid) => View.ByOwner.GetValueOrDefault(ownerUid, PodSet.Empty).Live;

    private NodeDrain Reckon(string node)
    {
        var pods = View.PodsOn(node)
            .OrderByDescending(pod => pod.GraceSeconds)
            .ThenBy(pod => pod.Key, StringComparer.Ordinal)
            .ThenBy(pod => pod.Uid, StringComparer.Ordinal)
            .Select(Reckon)
            .ToImmutableArray();
        var byBudget = new Dictionary<string, int>();
        var byOwner = new Dictionary<string, int>();
        foreach (var pod in pods)
        {
            if (pod is { Pending: true, NeedsBudget: true })
            {
                byBudget[pod.Budgets[0].Key] = byBudget.GetValueOrDefault(pod.Budgets[0].Key) + 1;
            }
            else if (pod is { Pending: true, NeedsOwner: true })
            {
                byOwner[pod.Pod.Owner!.Uid] = byOwner.GetValueOrDefault(pod.Pod.Owner.Uid) + 1;
            }
        }

        return new() { Node = node, Pods = pods, ByBudget = byBudget.ToImmutableSortedDictionary(StringComparer.Ordinal), ByOwner = byOwner.ToImmutableSortedDictionary(StringComparer.Ordinal) };
    }

    private PodDrain Reckon(Pod pod)
    {
        var verdict = DrainClassifier.Classify(pod, Policy, View);
        if (verdict.Disposition == DrainDisposition.Blocked && !HeedsObstacles)
        {
            verdict = verdict with { Disposition = DrainDisposition.Evict };
        }

        var budgets = verdict.Disposition is DrainDisposition.Leave or DrainDisposition.Finished ? [] : Budgets.For(pod);
        return new(
            pod,
            verdict,
            budgets,
            budgets.Any(budget => budget.DisruptedPods.Contains(pod.Name)),
            budgets.Length == 1 && BudgetMath.Needs(pod, budgets[0]),
            budgets.Length == 0 && LimitsOwners && ImplicitBudget.Covers(pod));
    }
}
