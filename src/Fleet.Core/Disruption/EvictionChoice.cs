using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>The choice of one eviction turn while it is being made.</summary>
internal sealed class EvictionChoice
{
    private readonly DrainRound round;
    private readonly IReadOnlySet<string> evicted;
    private readonly IReadOnlyDictionary<string, DateTimeOffset> blockedUntil;
    private readonly IReadOnlyDictionary<string, int> inFlight;
    private readonly DateTimeOffset now;
    private readonly HashSet<string> busyBudgets = [];
    private readonly Dictionary<string, int> chosenByOwner = [];
    private readonly ImmutableArray<Pod>.Builder chosen = ImmutableArray.CreateBuilder<Pod>();
    private readonly Dictionary<(string Code, string Object, string? Node), Reason> waiting = [];
    private DateTimeOffset? lookAgain;

    public EvictionChoice(
        DrainRound round,
        IReadOnlySet<string> evicted,
        IReadOnlyDictionary<string, DateTimeOffset> blockedUntil,
        IReadOnlyDictionary<string, int> inFlight,
        DateTimeOffset now)
    {
        (this.round, this.evicted, this.blockedUntil, this.inFlight, this.now) = (round, evicted, blockedUntil, inFlight, now);
        foreach (var uid in evicted)
        {
            if (round.View.Pods.TryGetValue(uid, out var pod) && pod.DeletionDue is null)
            {
                var budgets = round.Budgets.For(pod);
                busyBudgets.UnionWith(budgets.Where(budget => !budget.DisruptedPods.Contains(pod.Name)).Select(budget => budget.Key));
                if (budgets.IsEmpty && ImplicitBudget.Covers(pod))
                {
                    // It still counts as ready, so that its owner may look as if it had settled.
                    CountForOwner(pod);
                }
            }
        }
    }

    public void Consider(PodDrain pod)
    {
        if (pod.Verdict.Disposition is DrainDisposition.Blocked or DrainDisposition.WaitForCompletion)
        {
            Wait(pod, pod.Verdict.Reason!);
        }
        else if (pod.Pending && !evicted.Contains(pod.Pod.Uid))
        {
            if (Obstacle(pod) is { } reason)
            {
                Wait(pod, reason);
            }
            else
            {
                Choose(pod);
            }
        }
    }

    public EvictionTurn Result() => new() { Evict = chosen.ToImmutable(), Waiting = [.. waiting.Values], LookAgain = lookAgain };

    private Reason? Obstacle(PodDrain pod)
    {
        if (BudgetMath.TwoBudgets(pod.Pod, pod.Budgets) is { } two)
        {
            return two;
        }

        if (Until(pod.Pod.Uid) is { } until)
        {
            return PodBackoff(pod.Pod, until);
        }

        return pod.NeedsBudget ? OfBudget(pod.Budgets[0]) : pod.NeedsOwner ? OfOwner(pod.Pod.Owner!.Uid) : null;
    }

    private Reason? OfBudget(Budget budget) =>
        BudgetMath.NeverAllows(budget)
        ?? (BudgetMath.Stale(budget) ? BudgetReasons.Stale(budget)
        : Until(budget.Key) is { } until ? BudgetReasons.Backoff(budget, until)
        : busyBudgets.Contains(budget.Key) ? BudgetReasons.InFlight(budget)
        : budget.DisruptionsAllowed < 1 ? BudgetReasons.Exhausted(budget, 1, 0)
        : null);

    private Reason? OfOwner(string uid)
    {
        var disrupted = inFlight.GetValueOrDefault(uid);
        var limit = ImplicitBudget.Limit(round, uid, disrupted);
        var all = disrupted + chosenByOwner.GetValueOrDefault(uid);
        return all < limit ? null : OwnerReasons.Exhausted(round.View, uid, limit, all, 0);
    }

    private DateTimeOffset? Until(string key)
    {
        if (!blockedUntil.TryGetValue(key, out var until) || until <= now)
        {
            return null;
        }

        lookAgain = lookAgain is { } known && known < until ? known : until;
        return until;
    }

    private void Choose(PodDrain pod)
    {
        chosen.Add(pod.Pod);
        if (pod.NeedsBudget)
        {
            busyBudgets.Add(pod.Budgets[0].Key);
        }
        else if (pod.NeedsOwner)
        {
            CountForOwner(pod.Pod);
        }
    }

    private void CountForOwner(Pod pod) => chosenByOwner[pod.Owner!.Uid] = chosenByOwner.GetValueOrDefault(pod.Owner.Uid) + 1;

    private void Wait(PodDrain pod, Reason reason) =>
        waiting.TryAdd((reason.Code, reason.Object, pod.Pod.Node), reason with { Node = pod.Pod.Node });

    private static Reason PodBackoff(Pod pod, DateTimeOffset until) => new()
    {
        Code = DisruptionCodes.Backoff,
        Sentence = $"the eviction of pod {pod.Key} was refused; the next try is at {until:HH:mm:ss}",
        Object = $"pod {pod.Key}",
        Cure = "wait",
        Node = pod.Node,
    };
}
