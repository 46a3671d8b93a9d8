using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Which pods are evicted now, and why the others are not.</summary>
public sealed record EvictionTurn
{
    /// <summary>Pods to evict now, in order.</summary>
    public required ImmutableArray<Pod> Evict { get; init; }

    /// <summary>Why other pods wait, each object once per node.</summary>
    public required ImmutableArray<Reason> Waiting { get; init; }

    /// <summary>When a wait of its own ends; null when only the view can bring news.</summary>
    public DateTimeOffset? LookAgain { get; init; }

    /// <summary>
    /// Chooses. Under a budget at most one eviction is in flight until the view shows its effect: measured, that is faster than several at once, since the server serialises them with
    /// sleeps (API-initiated Eviction), and it meets next to no refusals.
    /// </summary>
    /// <param name="round">The round.</param>
    /// <param name="draining">Nodes that are being drained, the first one first.</param>
    /// <param name="evicted">Uids of pods whose eviction the server accepted.</param>
    /// <param name="blockedUntil">After a refusal: by the budget's key or the pod's uid, when to try again.</param>
    /// <param name="inFlight">By uid of the owner: pods that Fleet has evicted and that are not made good yet.</param>
    /// <param name="now">Policy time.</param>
    public static EvictionTurn Next(
        DrainRound round,
        IEnumerable<string> draining,
        IReadOnlySet<string> evicted,
        IReadOnlyDictionary<string, DateTimeOffset> blockedUntil,
        IReadOnlyDictionary<string, int> inFlight,
        DateTimeOffset now)
    {
        var turn = new EvictionChoice(round, evicted, blockedUntil, inFlight, now);
        foreach (var node in draining)
        {
            foreach (var pod in round.Of(node).Pods)
            {
                turn.Consider(pod);
            }
        }

        return turn.Result();
    }
}
