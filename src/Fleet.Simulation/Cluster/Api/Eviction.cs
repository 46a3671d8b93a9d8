using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>The eviction subresource, step by step as the server does it (API-initiated Eviction; pkg/registry/core/pod/storage/eviction.go).</summary>
internal static class Eviction
{
    /// <summary>Most entries in a budget's disruptedPods before evictions are refused.</summary>
    internal const int MaxDisruptedPods = 2000;

    private const string Refused = "Cannot evict pod as it would violate the pod's disruption budget.";

    internal static void Evict(ClusterState cluster, ObjectKey key, EvictOptions options)
    {
        var pod = cluster.Pods[key] ?? throw StatusException.NotFound("pods", key.Name);
        Namespaces.MustAccept(cluster, cluster.Pods, pod.Meta);
        if (!PassesWithoutBudget(pod))
        {
            // The budget is charged before the preconditions are checked, as the server does: a wrong uid costs headroom until the entry expires.
            Charge(cluster, pod, options.DryRun);
        }

        Deletion.Delete(cluster, cluster.Pods, pod, new DeleteOptions
        {
            Uid = options.Uid,
            ResourceVersion = options.ResourceVersion,
            GraceSeconds = options.GraceSeconds,
            DryRun = options.DryRun,
        });
    }

    private static bool PassesWithoutBudget(Pod pod) =>
        pod.Phase is PodPhase.Succeeded or PodPhase.Failed or PodPhase.Pending || pod.Meta.DeletionTimestamp is not null;

    private static void Charge(ClusterState cluster, Pod pod, bool dryRun)
    {
        var budgets = cluster.Index.BudgetsFor(pod).Select(entry => entry.Budget).Take(2).ToList();
        if (budgets.Count > 1)
        {
            throw new StatusException(500, "", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (budgets is [var budget] && !PassesUnready(pod, budget))
        {
            MustAllow(budget);
            if (!dryRun)
            {
                var left = budget.DisruptionsAllowed - 1;
                cluster.Budgets.Put(budget with
                {
                    DisruptionsAllowed = left,
                    Reason = left == 0 ? "InsufficientPods" : budget.Reason,
                    DisruptedPods = budget.DisruptedPods.SetItem(pod.Meta.Name, cluster.World.Now),
                });
            }
        }
    }

    private static bool PassesUnready(Pod pod, PodDisruptionBudget budget) =>
        !pod.Ready && (budget.UnhealthyPodEvictionPolicy == "AlwaysAllow" || (budget.CurrentHealthy >= budget.DesiredHealthy && budget.DesiredHealthy > 0));

    private static void MustAllow(PodDisruptionBudget budget)
    {
        var name = budget.Meta.Name;
        if (budget.ObservedGeneration < budget.Meta.Generation)
        {
            throw TooManyRequests($"The disruption budget {name} is still being processed by the server.", 10);
        }

        if (budget.DisruptionsAllowed < 0)
        {
            throw StatusException.Forbidden("poddisruptionbudget.policy", name, "pdb disruptions allowed is negative");
        }

        if (budget.DisruptedPods.Count > MaxDisruptedPods)
        {
            throw StatusException.Forbidden("poddisruptionbudget.policy", name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }

        if (budget.DisruptionsAllowed == 0)
        {
            throw TooManyRequests($"The disruption budget {name} needs {budget.DesiredHealthy} healthy pods and has {budget.CurrentHealthy} currently", 0);
        }
    }

    private static StatusException TooManyRequests(string why, int seconds) => new(429, "TooManyRequests", Refused)
    {
        Causes = [new StatusCause("DisruptionBudget", why)],
        RetryAfterSeconds = seconds,
    };
}
