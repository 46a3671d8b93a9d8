using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Why something waits for a budget.</summary>
internal static class BudgetReasons
{
    public static Reason Stale(Budget budget) => Of(
        budget,
        DisruptionCodes.BudgetStale,
        "has a status older than its spec: the API server refuses every eviction until it is reckoned anew",
        $"generation {budget.Generation}, observed {budget.ObservedGeneration}",
        "wait; if it lasts, look at the disruption controller in kube-controller-manager");

    public static Reason Exhausted(Budget budget, int wanted, int promised) => Of(
        budget,
        DisruptionCodes.BudgetExhausted,
        $"allows {budget.DisruptionsAllowed} disruptions now"
            + (promised > 0 ? $", of which {promised} are promised to nodes that drain" : "")
            + $"; {wanted} {(wanted == 1 ? "is" : "are")} wanted",
        $"{budget.CurrentHealthy} healthy, {budget.DesiredHealthy} must be",
        budget.CurrentHealthy < budget.ExpectedPods ? $"wait until more of its {budget.ExpectedPods} pods are ready" : "wait until the other nodes are drained");

    public static Reason Held(Budget budget, string holder) => Of(
        budget,
        DisruptionCodes.BudgetHeld,
        $"is held by node {holder}, which has more of its pods than it allows at once",
        $"held by {holder}",
        $"wait until node {holder} is drained");

    public static Reason Crowded(Budget budget, int count, int most, IEnumerable<string> others) => Of(
        budget,
        DisruptionCodes.BudgetHeld,
        $"allows at most {most} disruptions at a time and the node has {count} of its pods, so that it must hold the budget alone",
        $"also needed by {string.Join(", ", others)}",
        "wait until these nodes are drained, or spread the pods over more nodes");

    public static Reason InFlight(Budget budget) => Of(
        budget,
        DisruptionCodes.BudgetInFlight,
        "has an eviction whose effect is not yet seen",
        "1 in flight",
        "wait for the watch");

    public static Reason Backoff(Budget budget, DateTimeOffset until) => Of(
        budget,
        DisruptionCodes.Backoff,
        $"refused an eviction; the next try is at {until:HH:mm:ss}",
        $"{budget.CurrentHealthy} healthy, {budget.DesiredHealthy} must be",
        $"wait until more of its {budget.ExpectedPods} pods are ready");

    private static Reason Of(Budget budget, string code, string what, string value, string cure) => new()
    {
        Code = code,
        Sentence = $"{BudgetMath.Name(budget)} ({budget.Limit}) {what}",
        Object = BudgetMath.Name(budget),
        Limit = budget.Limit,
        Value = value,
        Cure = cure,
    };
}
