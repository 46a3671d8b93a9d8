using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>The budgets of a view by namespace and one label that they require, so that a pod is matched against few of them.</summary>
public sealed class BudgetIndex
{
    private readonly Dictionary<(string Namespace, string Key, string Value), List<Budget>> byLabel = [];
    private readonly Dictionary<string, List<Budget>> others = [];

    /// <summary>Indexes budgets.</summary>
    public BudgetIndex(IEnumerable<Budget> budgets)
    {
        foreach (var budget in budgets.OrderBy(budget => budget.Key, StringComparer.Ordinal))
        {
            if (budget.Selector is not { } selector)
            {
                continue;
            }

            // The longest value is likely the one that tells most: "app: cart" rather than "tier: x".
            var label = selector.MatchLabels.OrderByDescending(pair => pair.Value.Length).FirstOrDefault();
            if (label.Key is null)
            {
                Add(others, budget.Namespace, budget);
            }
            else
            {
                Add(byLabel, (budget.Namespace, label.Key, label.Value), budget);
            }
        }
    }

    /// <summary>The budgets that select a pod, by name.</summary>
    public ImmutableArray<Budget> For(Pod pod)
    {
        ImmutableArray<Budget> found = [];
        foreach (var (key, value) in pod.Labels)
        {
            found = Select(byLabel.GetValueOrDefault((pod.Namespace, key, value)), pod, found);
        }

        found = Select(others.GetValueOrDefault(pod.Namespace), pod, found);
        return found.Length < 2 ? found : found.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    private static ImmutableArray<Budget> Select(List<Budget>? candidates, Pod pod, ImmutableArray<Budget> found)
    {
        foreach (var budget in candidates ?? [])
        {
            if (budget.Selects(pod))
            {
                found = found.Add(budget);
            }
        }

        return found;
    }

    private static void Add<TKey>(Dictionary<TKey, List<Budget>> index, TKey key, Budget budget)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        list.Add(budget);
    }
}
