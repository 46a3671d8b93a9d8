using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>Finds the selectors that labels satisfy without trying all of them: each is filed under one of its exact labels, or under its namespace when it has none.</summary>
internal sealed class SelectorIndex<T>
    where T : notnull
{
    private readonly Dictionary<(string Namespace, string Key, string Value), List<(LabelSelector Selector, T Item)>> _shelves = [];

    internal void Add(string ns, LabelSelector selector, T item)
    {
        var shelf = ShelfOf(ns, selector);
        if (!_shelves.TryGetValue(shelf, out var list))
        {
            _shelves.Add(shelf, list = []);
        }

        list.Add((selector, item));
    }

    internal void Remove(string ns, LabelSelector selector, T item)
    {
        if (_shelves.TryGetValue(ShelfOf(ns, selector), out var list))
        {
            list.RemoveAll(filed => EqualityComparer<T>.Default.Equals(filed.Item, item));
        }
    }

    internal IEnumerable<T> Matching(string ns, IReadOnlyDictionary<string, string> labels)
    {
        if (_shelves.Count == 0)
        {
            yield break;
        }

        foreach (var (key, value) in labels)
        {
            foreach (var item in On((ns, key, value), labels))
            {
                yield return item;
            }
        }

        foreach (var item in On((ns, "", ""), labels))
        {
            yield return item;
        }
    }

    private static (string Namespace, string Key, string Value) ShelfOf(string ns, LabelSelector selector)
    {
        foreach (var (key, value) in selector.MatchLabels)
        {
            return (ns, key, value);
        }

        return (ns, "", "");
    }

    private IEnumerable<T> On((string Namespace, string Key, string Value) shelf, IReadOnlyDictionary<string, string> labels)
    {
        if (!_shelves.TryGetValue(shelf, out var list))
        {
            yield break;
        }

        foreach (var (selector, item) in list)
        {
            if (selector.Matches(labels))
            {
                yield return item;
            }
        }
    }
}
