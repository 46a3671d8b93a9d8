using System.Collections.Immutable;
using Fleet.Core.Disruption;

namespace Fleet.Kubernetes.Watching;

/// <summary>
/// This process's own answered writes that the watched view may not show yet. A view is handed out only when it shows them, or something later.
/// </summary>
internal sealed class OwnWrites(Func<ClusterView> view)
{
    private readonly Lock _gate = new();
    private ImmutableList<Func<ClusterView, bool>> _open = [];

    /// <summary>A node was written; the answer carried this version of it.</summary>
    public void Wrote(string node, string version) =>
        Expect(seen => !seen.Nodes.TryGetValue(node, out var known) || Reached(known.ResourceVersion, version));

    /// <summary>A node was deleted.</summary>
    public void NodeDeleted(string node, string uid) => Expect(seen => seen.Nodes.GetValueOrDefault(node)?.Uid != uid);

    /// <summary>What will be different once a pod's removal shows: call before the request goes out.</summary>
    public Removal Before(Pod pod)
    {
        var now = view();
        var known = now.Pods.GetValueOrDefault(pod.Uid);
        var charged = known is { Ready: true, Phase: PodPhase.Running, DeletionDue: null } ? now.BudgetsOf(known).ToList() : [];
        return new Removal(pod.Uid, charged is [var budget] ? budget : null);
    }

    /// <summary>A pod's removal was accepted: its deletion, and the charge on its budget, will show.</summary>
    public void Removed(Removal removal)
    {
        Expect(seen => seen.Pods.GetValueOrDefault(removal.PodUid) is not { DeletionDue: null });
        if (removal.Charged is { } budget)
        {
            Expect(seen => seen.Budgets.GetValueOrDefault(budget.Key)?.ResourceVersion != budget.ResourceVersion);
        }
    }

    /// <summary>Whether a view shows every write so far; those that it shows are forgotten.</summary>
    public bool ShownBy(ClusterView seen)
    {
        lock (_gate)
        {
            _open = _open.RemoveAll(shows => shows(seen));
            return _open.IsEmpty;
        }
    }

    /// <summary>Gives up on what has not shown in time; the next write starts anew.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _open = [];
        }
    }

    private void Expect(Func<ClusterView, bool> shows)
    {
        lock (_gate)
        {
            _open = _open.Add(shows);
        }
    }

    private static bool Reached(string seen, string written) =>
        seen == written || (ulong.TryParse(seen, out var have) && ulong.TryParse(written, out var want) && have >= want);
}
