using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>
/// What budgets and owners have left for one more node: a node is admitted only when all its pods can go within what is allowed now and not yet promised to the nodes
/// admitted before, so that no two half-drained nodes wait for each other.
/// </summary>
public sealed class Headroom
{
    private readonly DrainRound round;
    private readonly IReadOnlyDictionary<string, int> inFlight;
    private readonly ImmutableSortedDictionary<string, AdmittedNode> admitted;
    private readonly Dictionary<string, List<(string Node, int Count, bool Alone)>> promised = [];

    /// <summary>Reckons what is promised already.</summary>
    /// <param name="round">The round.</param>
    /// <param name="admitted">Nodes admitted and not yet drained; those drained already promise nothing.</param>
    /// <param name="inFlight">By uid of the owner: pods that Fleet has evicted and that are not made good yet.</param>
    public Headroom(DrainRound round, IEnumerable<AdmittedNode> admitted, IReadOnlyDictionary<string, int> inFlight)
    {
        this.round = round;
        this.inFlight = inFlight;
        this.admitted = admitted.ToImmutableSortedDictionary(node => node.Node, node => node, StringComparer.Ordinal);
        foreach (var node in this.admitted.Values)
        {
            Promise(node, round.Of(node.Node).ByBudget);
            Promise(node, round.Of(node.Node).ByOwner);
        }
    }

    /// <summary>The headroom after one more admission.</summary>
    public Headroom With(AdmittedNode node) => new(round, admitted.SetItem(node.Node, node).Values, inFlight);

    /// <summary>Whether a node may be admitted now; for a node that is admitted already, whether it would be again.</summary>
    public AdmissionVerdict Check(string node)
    {
        var drain = round.Of(node);
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        var holds = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);

        // A run that was told to force deletes these pods once the drain's time is over.
        if (round.Policy.OnDrainTimeout != DrainTimeoutAction.Force)
        {
            reasons.AddRange(Permanent(drain));
        }

        var needsPerson = reasons.Count > 0;
        foreach (var (key, count) in drain.ByBudget)
        {
            Add(OfBudget(node, round.View.Budgets[key], count, holds));
        }

        foreach (var (uid, count) in drain.ByOwner)
        {
            Add(OfOwner(node, uid, count, holds));
        }

        return new() { Reasons = reasons.DrainToImmutable(), HoldsAlone = holds.ToImmutable(), NeedsPerson = needsPerson };

        void Add(Reason? reason)
        {
            if (reason is not null)
            {
                reasons.Add(reason with { Node = node });
            }
        }
    }

    private static IEnumerable<Reason> Permanent(NodeDrain drain)
    {
        foreach (var pod in drain.Pods)
        {
            if (pod.Verdict is { Disposition: DrainDisposition.Blocked, Reason: { } blocked })
            {
                yield return blocked;
            }
            else if (pod.Pending && BudgetMath.TwoBudgets(pod.Pod, pod.Budgets) is { } two)
            {
                yield return two;
            }
        }

        foreach (var budget in drain.Pods.Where(pod => pod is { Pending: true, NeedsBudget: true }).Select(pod => pod.Budgets[0]).DistinctBy(budget => budget.Key))
        {
            if (BudgetMath.NeverAllows(budget) is { } never)
            {
                yield return never with { Node = drain.Node };
            }
        }
    }

    private Reason? OfBudget(string node, Budget budget, int count, ImmutableSortedSet<string>.Builder holds)
    {
        if (BudgetMath.Stale(budget))
        {
            return BudgetReasons.Stale(budget);
        }

        // Named among the permanent reasons, or to be forced.
        if (BudgetMath.NeverAllows(budget) is not null)
        {
            return null;
        }

        var others = Others(budget.Key, node);
        if (others.Find(other => other.Alone) is { Node: not null } holder)
        {
            return BudgetReasons.Held(budget, holder.Node);
        }

        var most = BudgetMath.MaxEver(budget);
        var promisedCount = others.Sum(other => other.Count);
        if (count > most)
        {
            if (others.Count > 0)
            {
                return BudgetReasons.Crowded(budget, count, most, others.Select(other => other.Node));
            }

            holds.Add(budget.Key);
            count = 1;
        }

        return count <= budget.DisruptionsAllowed - promisedCount ? null : BudgetReasons.Exhausted(budget, count, promisedCount);
    }

    private Reason? OfOwner(string node, string uid, int count, ImmutableSortedSet<string>.Builder holds)
    {
        var disrupted = inFlight.GetValueOrDefault(uid);
        var limit = ImplicitBudget.Limit(round, uid, disrupted);
        var others = Others(uid, node);
        var promisedCount = others.Sum(other => other.Count);
        var alone = count > limit;
        if (others.Exists(other => other.Alone) || (alone && others.Count > 0))
        {
            return OwnerReasons.Held(round.View, uid, limit, count, others.Select(other => other.Node));
        }

        if (alone)
        {
            holds.Add(uid);
            count = 1;
        }

        return count <= limit - disrupted - promisedCount ? null : OwnerReasons.Exhausted(round.View, uid, limit, disrupted, promisedCount);
    }

    private List<(string Node, int Count, bool Alone)> Others(string key, string node) =>
        promised.TryGetValue(key, out var all) ? all.FindAll(other => other.Node != node) : [];

    private void Promise(AdmittedNode node, ImmutableSortedDictionary<string, int> counts)
    {
        foreach (var (key, count) in counts)
        {
            if (!promised.TryGetValue(key, out var list))
            {
                promised[key] = list = [];
            }

            list.Add((node.Node, count, node.HoldsAlone.Contains(key)));
        }
    }
}
