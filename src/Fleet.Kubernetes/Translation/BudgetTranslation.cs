using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Disruption budgets as Core's records.</summary>
internal static class BudgetTranslation
{
    public static Budget Of(V1PodDisruptionBudget budget)
    {
        var (meta, spec, status) = (budget.Metadata, budget.Spec, budget.Status);
        return new Budget
        {
            Namespace = meta.NamespaceProperty ?? "",
            Name = meta.Name,
            ResourceVersion = meta.ResourceVersion ?? "",
            Selector = Shared.Of(spec?.Selector),
            MinAvailable = spec?.MinAvailable?.Value,
            MaxUnavailable = spec?.MaxUnavailable?.Value,
            AlwaysAllowUnhealthy = spec?.UnhealthyPodEvictionPolicy == "AlwaysAllow",
            Generation = meta.Generation ?? 0,
            ObservedGeneration = status?.ObservedGeneration ?? 0,
            DisruptionsAllowed = status?.DisruptionsAllowed ?? 0,
            CurrentHealthy = status?.CurrentHealthy ?? 0,
            DesiredHealthy = status?.DesiredHealthy ?? 0,
            ExpectedPods = status?.ExpectedPods ?? 0,
            DisruptedPods = [.. status?.DisruptedPods?.Keys ?? []],
            ConditionReason = status?.Conditions?.FirstOrDefault(condition => condition.Type == "DisruptionAllowed")?.Reason,
        };
    }
}
