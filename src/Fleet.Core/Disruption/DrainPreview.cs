using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>What a pool's drain will meet, for the plan: at the beginning, and not at hour two.</summary>
public sealed record DrainPreview
{
    /// <summary>Pods and budgets that block until a person acts.</summary>
    public required ImmutableArray<Reason> Blockers { get; init; }

    /// <summary>Pods that hold their node until they end by themselves.</summary>
    public required ImmutableArray<Reason> Completions { get; init; }

    /// <summary>Every budget with pods on the nodes, the tightest first.</summary>
    public required ImmutableArray<BudgetLoad> Budgets { get; init; }

    /// <summary>Owners that will be interrupted.</summary>
    public required ImmutableArray<DowntimeNotice> Downtime { get; init; }

    /// <summary>Pods whose emptyDir data will be lost, <c>namespace/name</c>.</summary>
    public required ImmutableArray<string> LosesLocalData { get; init; }

    /// <summary>Looks at nodes.</summary>
    public static DrainPreview Of(DrainRound round, IEnumerable<string> nodes)
    {
        var pods = nodes.SelectMany(node => round.Of(node).Pods).ToList();
        var loads = pods.Where(pod => pod is { Pending: true, NeedsBudget: true })
            .GroupBy(pod => pod.Budgets[0].Key)
            .Select(group => Load(group.First().Budgets[0], group))
            .OrderBy(load => load.MaxEver - load.MostOnOneNode)
            .ThenBy(load => load.Budget.Key, StringComparer.Ordinal)
            .ToImmutableArray();
        return new()
        {
            Blockers =
            [
                .. Reasons(pods, DrainDisposition.Blocked),
                .. pods.Where(pod => pod.Pending).Select(pod => BudgetMath.TwoBudgets(pod.Pod, pod.Budgets)).OfType<Reason>(),
                .. loads.Select(load => BudgetMath.NeverAllows(load.Budget)).OfType<Reason>(),
            ],
            Completions = [.. Reasons(pods, DrainDisposition.WaitForCompletion)],
            Budgets = loads,
            Downtime = [.. pods.Select(pod => Interruption(round.View, pod)).OfType<DowntimeNotice>().OrderBy(notice => notice.Owner, StringComparer.Ordinal)],
            LosesLocalData = [.. pods.Where(pod => pod.Verdict.LosesLocalData).Select(pod => pod.Pod.Key).Order(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<Reason> Reasons(IEnumerable<PodDrain> pods, DrainDisposition disposition) =>
        pods.Where(pod => pod.Verdict.Disposition == disposition).Select(pod => pod.Verdict.Reason!);

    private static BudgetLoad Load(Budget budget, IEnumerable<PodDrain> pods)
    {
        var byNode = pods.GroupBy(pod => pod.Pod.Node).Select(node => node.Count()).ToList();
        return new(budget, byNode.Sum(), byNode.Count, byNode.Max());
    }

    private static DowntimeNotice? Interruption(ClusterView view, PodDrain pod)
    {
        if (pod is not { Pending: true, Pod.Owner: { Kind: not ("Job" or "DaemonSet") } owner }
            || pod.Budgets.Length > 1
            || !view.Owners.TryGetValue(owner.Uid, out var known)
            || known.Wanted != 1)
        {
            return null;
        }

        // Where the budget never allows it, it blocks and does not interrupt.
        var budget = pod.Budgets.FirstOrDefault();
        return budget is not null && BudgetMath.NeverAllows(budget) is not null ? null : new(
            OwnerReasons.Name(view, owner.Uid),
            pod.Pod.Key,
            pod.Pod.Node ?? "",
            budget is null ? "one replica and no budget" : $"one replica, and {BudgetMath.Name(budget)} ({budget.Limit}) permits its eviction");
    }
}
