using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>How many pods a budget expects and how many of them must be healthy: the expected count comes from the owners' scale; a minAvailable number needs no owners.</summary>
internal sealed class ExpectedPods
{
    internal ExpectedPods(ClusterState cluster, BudgetEntry entry)
    {
        var budget = entry.Budget;
        if (budget.MaxUnavailable is { } most)
        {
            Expected = Scale(cluster, entry);
            Desired = Math.Max(0, Expected - IntOrPercent.RoundUp(most, Expected));
        }
        else if (budget.MinAvailable is { } least && IntOrPercent.IsPercent(least))
        {
            Expected = Scale(cluster, entry);
            Desired = IntOrPercent.RoundUp(least, Expected);
        }
        else
        {
            Expected = entry.PodSet.Count;
            Desired = IntOrPercent.RoundUp(budget.MinAvailable ?? "0", Expected);
        }
    }

    internal int Expected { get; }

    internal int Desired { get; }

    /// <summary>Why the count cannot be had; null when it can.</summary>
    internal string? Failure { get; private set; }

    private int Scale(ClusterState cluster, BudgetEntry entry)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var sum = 0;
        foreach (var owner in entry.PodSet.Select(one => (one.Pod.Meta.Namespace, one.Pod.Meta.Controller)))
        {
            if (owner.Controller is not { } controller || !seen.Add(controller.Uid))
            {
                continue;
            }

            var key = new ObjectKey(owner.Namespace, controller.Name);
            switch (controller.Kind)
            {
                case nameof(ReplicaSet) when cluster.ReplicaSets[key] is { } set:
                    if (set.Meta.Controller is not { Kind: nameof(Deployment) } parent)
                    {
                        sum += set.Replicas;
                    }
                    else if (seen.Add(parent.Uid))
                    {
                        sum += cluster.Deployments[new ObjectKey(owner.Namespace, parent.Name)]?.Replicas ?? 0;
                    }

                    break;
                case nameof(StatefulSet) when cluster.StatefulSets[key] is { } set:
                    sum += set.Replicas;
                    break;
                case nameof(Job):
                    Failure = "jobs.batch does not implement the scale subresource";
                    break;
                case nameof(DaemonSet):
                    Failure = "daemonsets.apps does not implement the scale subresource";
                    break;
                default:
                    Failure = $"found no controllers for pod of {controller.Kind} \"{controller.Name}\"";
                    break;
            }
        }

        return sum;
    }
}
