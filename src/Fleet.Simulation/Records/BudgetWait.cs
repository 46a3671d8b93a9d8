using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>How long one budget has made a rotation wait, and the pods of it that still stand on outdated nodes.</summary>
/// <param name="places">The pool's places to spare.</param>
internal sealed class BudgetWait(SparePlaces places)
{
    private readonly Dictionary<string, int> _standing = new(StringComparer.Ordinal);
    private int _awaiting;
    private Hold _hold;
    private DateTimeOffset _since;
    private TimeSpan _spareSince;
    private TimeSpan _total;

    private enum Hold
    {
        None,

        /// <summary>A node that is not cordoned has more of its pods than it can spare: a wait while there is a place for one more node.</summary>
        Admission,

        /// <summary>It permits nothing while its pods stand on a cordoned node: a wait in any case.</summary>
        Drain,
    }

    internal int Refusals { get; set; }

    internal void Add(string node, bool cordoned, int pods)
    {
        if (cordoned)
        {
            _awaiting += pods;
        }
        else if ((_standing[node] = _standing.GetValueOrDefault(node) + pods) == 0)
        {
            _standing.Remove(node);
        }
    }

    internal TimeSpan TotalAt(DateTimeOffset now) => _total + Held(now);

    /// <summary>Looks again whether the budget holds the rotation up.</summary>
    /// <param name="budget">The budget as it stands; null when it is gone.</param>
    /// <param name="now">World time.</param>
    internal void Look(PodDisruptionBudget? budget, DateTimeOffset now)
    {
        var hold = HoldOf(budget);
        if (hold != _hold)
        {
            _total += Held(now);
            (_hold, _since, _spareSince) = (hold, now, places.Total());
        }
    }

    private TimeSpan Held(DateTimeOffset now) => _hold switch
    {
        Hold.Drain => now - _since,
        Hold.Admission => places.Total() - _spareSince,
        _ => TimeSpan.Zero,
    };

    private Hold HoldOf(PodDisruptionBudget? budget)
    {
        if (budget is null)
        {
            return Hold.None;
        }

        if (_awaiting > 0 && budget.DisruptionsAllowed <= 0)
        {
            return Hold.Drain;
        }

        // A node with more pods than the budget can ever permit may go one pod after the other.
        var most = budget.ExpectedPods - budget.DesiredHealthy;
        var left = budget.DisruptionsAllowed - _awaiting;
        foreach (var pods in _standing.Values)
        {
            if ((pods > most ? 1 : pods) > left)
            {
                return Hold.Admission;
            }
        }

        return Hold.None;
    }
}
