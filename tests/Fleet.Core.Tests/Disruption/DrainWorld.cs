using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

/// <summary>The least world that judges a drain: a server that counts budgets as the API server does, controllers that make pods again, and a view that may lag behind.</summary>
internal sealed class DrainWorld
{
    private readonly Random random;
    private readonly bool lags;
    private readonly List<(int Due, Pod Pod)> becomingReady = [];
    private int step;
    private int serial;

    public DrainWorld(Random random, bool lags)
    {
        (this.random, this.lags) = (random, lags);
        var view = View([.. Enumerable.Range(0, random.Next(2, 7)).Select(i => Node($"old-{i}")), Node("new")]);
        Old = [.. view.Nodes.Keys.Where(name => name != "new").Order(StringComparer.Ordinal)];
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var (app, count) = ($"app{i}", random.Next(1, 13));
            view = view.With(Owner(app, count));
            for (var pod = 0; pod < count; pod++)
            {
                view = view.With(Pod($"{app}-{pod}", Old[random.Next(Old.Count)], app));
            }

            if (random.Next(3) > 0)
            {
                view = view.With(Budget(app, count, Math.Max(0, count - random.Next(1, 4)), count));
            }

            LeastReady[$"uid-{app}"] = count;
        }

        (Truth, Seen) = (view, view);
    }

    public List<string> Old { get; }

    /// <summary>The world's time: ten seconds a step.</summary>
    public DateTimeOffset Now => Sample.Now.AddSeconds(10 * step);

    public ClusterView Truth { get; private set; }

    /// <summary>What Fleet sees: the nodes and pods as they are, the budgets' status at times from before.</summary>
    public ClusterView Seen { get; private set; }

    public Dictionary<string, int> LeastReady { get; } = [];

    public int Refusals { get; private set; }

    /// <summary>Evicts as the server does; false is a 429.</summary>
    public bool Evict(Pod pod)
    {
        var budget = Truth.BudgetsOf(pod).SingleOrDefault();
        if (budget is not null && BudgetMath.Needs(pod, budget))
        {
            if (budget.DisruptionsAllowed < 1)
            {
                Refusals++;
                return false;
            }

            Truth = Truth.With(budget with { DisruptionsAllowed = budget.DisruptionsAllowed - 1, DisruptedPods = budget.DisruptedPods.Add(pod.Name) });
        }

        Truth = Truth.With(pod with { DeletionDue = Now, Ready = false });
        var successor = pod with { Name = $"{pod.Owner!.Name}-r{serial}", Uid = $"uid-r{serial++}", Node = "new", Ready = false, Created = Now };
        Truth = Truth.With(successor);
        becomingReady.Add((step + random.Next(1, 6), successor));
        foreach (var uid in LeastReady.Keys)
        {
            LeastReady[uid] = Math.Min(LeastReady[uid], Truth.PodsOf(uid).Count(each => each.Ready));
        }

        return true;
    }

    /// <summary>Time passes: pods end and become ready, the disruption controller counts, the watch delivers.</summary>
    public void Pass()
    {
        step++;
        foreach (var pod in Truth.Pods.Values.Where(pod => pod.DeletionDue is not null && random.Next(2) == 0).ToList())
        {
            Truth = Truth.WithoutPod(pod.Uid);
        }

        foreach (var (_, pod) in becomingReady.Where(each => each.Due <= step).ToList())
        {
            Truth = Truth.With(pod with { Ready = true });
        }

        becomingReady.RemoveAll(each => each.Due <= step);
        foreach (var budget in Truth.Budgets.Values.ToList())
        {
            var healthy = Truth.Pods.Values.Count(pod => budget.Selects(pod) && pod.Ready && pod.DeletionDue is null);
            Truth = Truth.With(budget with { CurrentHealthy = healthy, DisruptionsAllowed = Math.Max(0, healthy - budget.DesiredHealthy), DisruptedPods = [] });
        }

        Seen = !lags || random.Next(3) > 0 ? Truth : Truth with { Budgets = Seen.Budgets };
    }
}
