using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>What a budget permits, as the API server and the disruption controller reckon (API-initiated Eviction; Specifying a Disruption Budget).</summary>
public static class BudgetMath
{
    /// <summary>The most disruptions that it can ever allow at a time: when every expected pod is healthy.</summary>
    public static int MaxEver(Budget budget) => Math.Max(0, budget.ExpectedPods - budget.DesiredHealthy);

    /// <summary>Whether its status is older than its spec: the server then refuses every eviction with a hint of 10 s.</summary>
    public static bool Stale(Budget budget) => budget.ObservedGeneration < budget.Generation;

    /// <summary>Whether the eviction of a pod that it selects uses up a disruption.</summary>
    public static bool Needs(Pod pod, Budget budget)
    {
        if (pod.Finished || pod.Phase == PodPhase.Pending || pod.DeletionDue is not null)
        {
            return false;
        }

        return pod.Ready || !(budget.AlwaysAllowUnhealthy || (budget.CurrentHealthy >= budget.DesiredHealthy && budget.DesiredHealthy > 0));
    }

    /// <summary>Whether a pod passes by any budgets: finished, pending and terminating pods do, even if several select them.</summary>
    public static bool PassesAll(Pod pod) => pod.Finished || pod.Phase == PodPhase.Pending || pod.DeletionDue is not null;

    /// <summary>Why it will never allow a disruption until a person changes something; null when it may.</summary>
    public static Reason? NeverAllows(Budget budget)
    {
        if (Stale(budget))
        {
            return null;
        }

        if (budget.ConditionReason == "SyncFailed")
        {
            return Never(budget, "cannot be reckoned (SyncFailed): it selects pods whose owner has no scale", "SyncFailed", "give it an absolute minAvailable, or a selector of pods with a scalable owner");
        }

        return MaxEver(budget) > 0 ? null : Never(
            budget,
            $"can never allow a disruption: {budget.DesiredHealthy} of {budget.ExpectedPods} pods must be healthy",
            $"{budget.DesiredHealthy} of {budget.ExpectedPods}",
            "raise the replicas or loosen the budget by one");
    }

    /// <summary>Why the eviction of a pod that more than one budget selects is refused for ever; null when at most one does.</summary>
    public static Reason? TwoBudgets(Pod pod, IReadOnlyList<Budget> budgets) => budgets.Count < 2 || PassesAll(pod) ? null : new()
    {
        Code = DisruptionCodes.TwoBudgets,
        Sentence = $"pod {pod.Key} is selected by {budgets.Count} budgets ({string.Join(", ", budgets.Select(budget => budget.Name))}): the API server refuses its eviction",
        Object = $"pod {pod.Key}",
        Limit = "one budget per pod",
        Value = $"{budgets.Count} budgets",
        Cure = "change the selectors so that one budget selects the pod",
        Node = pod.Node,
    };

    /// <summary>A budget's name in reasons.</summary>
    public static string Name(Budget budget) => $"poddisruptionbudget {budget.Key}";

    private static Reason Never(Budget budget, string why, string value, string cure) => new()
    {
        Code = DisruptionCodes.BudgetNever,
        Sentence = $"{Name(budget)} {why}",
        Object = Name(budget),
        Limit = budget.Limit,
        Value = value,
        Cure = cure,
    };
}
