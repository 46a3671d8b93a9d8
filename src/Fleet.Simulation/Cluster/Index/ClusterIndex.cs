using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>Who belongs to whom, kept current with each change before anyone hears of it: pods by node, by owner and by budget; dependents by owner. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class ClusterIndex
{
    private static readonly HashSet<(string Resource, ObjectKey Key)> _none = [];

    private readonly Dictionary<ObjectKey, PodEntry> _pods = [];
    private readonly Dictionary<string, NodeSlot> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OwnerEntry> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(string Resource, ObjectKey Key)>> _dependents = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, BudgetEntry> _budgets = [];
    private readonly SelectorIndex<BudgetEntry> _budgetSelectors = new();
    private readonly Dictionary<ObjectKey, HashSet<PodEntry>> _claimants = [];

    /// <summary>All nodes' slots, in the order of their coming.</summary>
    public IReadOnlyCollection<NodeSlot> Nodes => _nodes.Values;

    internal SelectorCounts Selectors { get; } = new();

    /// <summary>A pod's entry; null when there is no such pod.</summary>
    public PodEntry? Pod(ObjectKey key) => _pods.GetValueOrDefault(key);

    /// <summary>A node's slot; null when neither Node nor pods of that name exist.</summary>
    public NodeSlot? Node(string name) => _nodes.GetValueOrDefault(name);

    /// <summary>The pods of a controller, whatever their state.</summary>
    public IReadOnlyCollection<PodEntry> OwnedBy(string uid) => _owners.TryGetValue(uid, out var owner) ? owner.PodSet : [];

    /// <summary>A budget's entry; null when there is no such budget.</summary>
    public BudgetEntry? Budget(ObjectKey key) => _budgets.GetValueOrDefault(key);

    /// <summary>Budgets whose selector matches a pod, whether or not the pod still exists.</summary>
    public IEnumerable<BudgetEntry> BudgetsFor(Pod pod) => _budgetSelectors.Matching(pod.Meta.Namespace, pod.Meta.Labels);

    internal OwnerEntry? Owner(string uid) => _owners.GetValueOrDefault(uid);

    internal IReadOnlyCollection<PodEntry> Claimants(ObjectKey claim) => _claimants.TryGetValue(claim, out var pods) ? pods : [];

    /// <summary>Objects other than pods that name an owner.</summary>
    internal IReadOnlyCollection<(string Resource, ObjectKey Key)> DependentsOf(string uid) => _dependents.GetValueOrDefault(uid, _none);

    internal void Apply(Change change)
    {
        switch (change.Object)
        {
            case Pod pod when change.Kind == ChangeKind.Deleted:
                Forget(pod);
                return;
            case Pod pod:
                Learn(pod);
                return;
            case Node node:
                Slot(node.Meta.Name).Become(change.Kind == ChangeKind.Deleted ? null : node);
                Tidy(node.Meta.Name);
                return;
            case PodDisruptionBudget budget:
                Learn(budget, change.Kind == ChangeKind.Deleted);
                return;
        }

        foreach (var owner in change.Before?.Meta.Owners ?? [])
        {
            _dependents.GetValueOrDefault(owner.Uid)?.Remove((change.Resource, change.Object.Meta.Key));
        }

        foreach (var owner in change.Kind == ChangeKind.Deleted ? [] : change.Object.Meta.Owners)
        {
            if (!_dependents.TryGetValue(owner.Uid, out var set))
            {
                _dependents.Add(owner.Uid, set = []);
            }

            set.Add((change.Resource, change.Object.Meta.Key));
        }
    }

    private void Learn(Pod pod)
    {
        if (!_pods.TryGetValue(pod.Meta.Key, out var entry))
        {
            _pods.Add(pod.Meta.Key, entry = new PodEntry(pod));
            Enter(entry);
            return;
        }

        var before = entry.Pod;
        if (ReferenceEquals(before.Meta.Labels, pod.Meta.Labels) && ReferenceEquals(before.Template, pod.Template) && before.NodeName == pod.NodeName
            && before.Phase == pod.Phase && before.Meta.DeletionTimestamp is null == pod.Meta.DeletionTimestamp is null && before.Meta.Owners == pod.Meta.Owners && before.Claims == pod.Claims)
        {
            entry.Pod = pod;
            return;
        }

        Leave(entry);
        entry.Pod = pod;
        Enter(entry);
    }

    private void Forget(Pod pod)
    {
        if (_pods.Remove(pod.Meta.Key, out var entry))
        {
            Leave(entry);
        }
    }

    private void Enter(PodEntry entry)
    {
        var pod = entry.Pod;
        if (pod.Meta.Controller is { } controller)
        {
            if (!_owners.TryGetValue(controller.Uid, out var owner))
            {
                _owners.Add(controller.Uid, owner = new OwnerEntry(controller.Uid));
            }

            entry.Owner = owner;
            owner.PodSet.Add(entry);
        }

        foreach (var budget in _budgetSelectors.Matching(pod.Meta.Namespace, pod.Meta.Labels))
        {
            budget.PodSet.Add(entry);
            entry.BudgetSet.Add(budget);
        }

        foreach (var claim in pod.Claims)
        {
            var key = new ObjectKey(pod.Meta.Namespace, claim);
            if (!_claimants.TryGetValue(key, out var pods))
            {
                _claimants.Add(key, pods = []);
            }

            pods.Add(entry);
        }

        if (pod.NodeName is { } node)
        {
            entry.Slot = Slot(node);
            entry.Slot.PodSet.Add(entry);
            Selectors.Enter(entry);
            Count(entry, 1);
        }
    }

    private void Leave(PodEntry entry)
    {
        if (entry.Slot is { } slot)
        {
            Count(entry, -1);
            SelectorCounts.Leave(entry);
            slot.PodSet.Remove(entry);
            entry.Slot = null;
            Tidy(slot.Name);
        }

        foreach (var claim in entry.Pod.Claims)
        {
            var key = new ObjectKey(entry.Pod.Meta.Namespace, claim);
            if (_claimants.TryGetValue(key, out var pods) && pods.Remove(entry) && pods.Count == 0)
            {
                _claimants.Remove(key);
            }
        }

        foreach (var budget in entry.BudgetSet)
        {
            budget.PodSet.Remove(entry);
        }

        entry.BudgetSet.Clear();
        if (entry.Owner is { } owner && owner.PodSet.Remove(entry) && owner.PodSet.Count == 0)
        {
            _owners.Remove(owner.Uid);
        }

        entry.Owner = null;
    }

    private static void Count(PodEntry entry, int sign)
    {
        if (!entry.Occupies)
        {
            return;
        }

        var slot = entry.Slot!;
        var requests = entry.Pod.Template.Requests;
        slot.Used = sign > 0 ? slot.Used + requests : slot.Used - requests;
        if (entry.Owner is { } owner && entry.Pod.Meta.DeletionTimestamp is null)
        {
            SelectorCount.Add(owner.PerNode, slot.Name, sign);
        }
    }

    private NodeSlot Slot(string name)
    {
        if (!_nodes.TryGetValue(name, out var slot))
        {
            _nodes.Add(name, slot = new NodeSlot(name));
        }

        return slot;
    }

    private void Tidy(string name)
    {
        if (_nodes.TryGetValue(name, out var slot) && slot.Node is null && slot.PodSet.Count == 0)
        {
            _nodes.Remove(name);
        }
    }

    private void Learn(PodDisruptionBudget budget, bool gone)
    {
        var known = _budgets.GetValueOrDefault(budget.Meta.Key);
        if (known is not null && !gone && ReferenceEquals(known.Budget.Selector, budget.Selector))
        {
            known.Budget = budget;
            return;
        }

        if (known is not null)
        {
            Drop(known);
        }

        if (!gone)
        {
            File(new BudgetEntry(budget));
        }
    }

    private void Drop(BudgetEntry entry)
    {
        _budgets.Remove(entry.Budget.Meta.Key);
        if (entry.Budget.Selector is { } selector)
        {
            _budgetSelectors.Remove(entry.Budget.Meta.Namespace, selector, entry);
        }

        foreach (var pod in entry.PodSet)
        {
            pod.BudgetSet.Remove(entry);
        }
    }

    private void File(BudgetEntry entry)
    {
        var budget = entry.Budget;
        _budgets.Add(budget.Meta.Key, entry);
        if (budget.Selector is not { } selector)
        {
            return;
        }

        _budgetSelectors.Add(budget.Meta.Namespace, selector, entry);
        foreach (var pod in _pods.Values)
        {
            if (pod.Pod.Meta.Namespace == budget.Meta.Namespace && selector.Matches(pod.Pod.Meta.Labels))
            {
                entry.PodSet.Add(pod);
                pod.BudgetSet.Add(entry);
            }
        }
    }
}
