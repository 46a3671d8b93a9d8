using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>
/// An immutable view of a cluster, kept up to date object by object: an adapter that watches makes the next view from the last one with the methods below,
/// so that a round costs what changed and not what exists.
/// </summary>
public sealed record ClusterView
{
    /// <summary>Nothing seen yet.</summary>
    public static readonly ClusterView Empty = new();

    /// <summary>Uid of the namespace kube-system.</summary>
    public string KubeSystemUid { get; init; } = "";

    /// <summary>Nodes by name.</summary>
    public ImmutableDictionary<string, Node> Nodes { get; init; } = ImmutableDictionary<string, Node>.Empty;

    /// <summary>Pods by uid.</summary>
    public ImmutableDictionary<string, Pod> Pods { get; init; } = ImmutableDictionary<string, Pod>.Empty;

    /// <summary>Pods by node.</summary>
    public ImmutableDictionary<string, PodSet> ByNode { get; init; } = ImmutableDictionary<string, PodSet>.Empty;

    /// <summary>Pods by the uid of their controller.</summary>
    public ImmutableDictionary<string, PodSet> ByOwner { get; init; } = ImmutableDictionary<string, PodSet>.Empty;

    /// <summary>Uids of pods that are bound to no node and not finished.</summary>
    public ImmutableHashSet<string> Unscheduled { get; init; } = [];

    /// <summary>Budgets by <c>namespace/name</c>.</summary>
    public ImmutableDictionary<string, Budget> Budgets { get; init; } = ImmutableDictionary<string, Budget>.Empty;

    /// <summary>Owners by uid.</summary>
    public ImmutableDictionary<string, Owner> Owners { get; init; } = ImmutableDictionary<string, Owner>.Empty;

    /// <summary>Volume attachments by name.</summary>
    public ImmutableDictionary<string, Attachment> Attachments { get; init; } = ImmutableDictionary<string, Attachment>.Empty;

    /// <summary>Pods on a node.</summary>
    public IReadOnlyList<Pod> PodsOn(string node) => ByNode.GetValueOrDefault(node, PodSet.Empty).Pods;

    /// <summary>Pods of a controller.</summary>
    public IReadOnlyList<Pod> PodsOf(string ownerUid) => ByOwner.GetValueOrDefault(ownerUid, PodSet.Empty).Pods;

    /// <summary>Budgets that protect a pod.</summary>
    public IEnumerable<Budget> BudgetsOf(Pod pod) => Budgets.Values.Where(budget => budget.Selects(pod));

    /// <summary>The node of an instance; null when none has registered.</summary>
    public Node? NodeOf(string instanceId) => Nodes.Values.FirstOrDefault(node => node.InstanceId == instanceId);

    /// <summary>The view with a node added or replaced.</summary>
    public ClusterView With(Node node) => this with { Nodes = Nodes.SetItem(node.Name, node) };

    /// <summary>The view without a node.</summary>
    public ClusterView WithoutNode(string name) => this with { Nodes = Nodes.Remove(name) };

    /// <summary>The view with a pod added or replaced.</summary>
    public ClusterView With(Pod pod)
    {
        var before = Pods.GetValueOrDefault(pod.Uid);
        return this with
        {
            Pods = Pods.SetItem(pod.Uid, pod),
            ByNode = Put(ByNode, before?.Node, pod.Node, pod),
            ByOwner = Put(ByOwner, before?.Owner?.Uid, pod.Owner?.Uid, pod),
            Unscheduled = pod.Node is null && !pod.Finished ? Unscheduled.Add(pod.Uid) : Unscheduled.Remove(pod.Uid),
        };
    }

    /// <summary>The view without a pod.</summary>
    public ClusterView WithoutPod(string uid) =>
        Pods.TryGetValue(uid, out var pod) ? Unindex(pod) with { Pods = Pods.Remove(uid) } : this;

    /// <summary>The view with a budget added or replaced.</summary>
    public ClusterView With(Budget budget) => this with { Budgets = Budgets.SetItem(budget.Key, budget) };

    /// <summary>The view without a budget.</summary>
    public ClusterView WithoutBudget(string key) => this with { Budgets = Budgets.Remove(key) };

    /// <summary>The view with an owner added or replaced.</summary>
    public ClusterView With(Owner owner) => this with { Owners = Owners.SetItem(owner.Key.Uid, owner) };

    /// <summary>The view without an owner.</summary>
    public ClusterView WithoutOwner(string uid) => this with { Owners = Owners.Remove(uid) };

    /// <summary>The view with an attachment added or replaced.</summary>
    public ClusterView With(Attachment attachment) => this with { Attachments = Attachments.SetItem(attachment.Name, attachment) };

    /// <summary>The view without an attachment.</summary>
    public ClusterView WithoutAttachment(string name) => this with { Attachments = Attachments.Remove(name) };

    private static ImmutableDictionary<string, PodSet> Put(ImmutableDictionary<string, PodSet> index, string? before, string? key, Pod pod)
    {
        var rest = before == key ? index : Drop(index, before, pod.Uid);
        return key is null ? rest : rest.SetItem(key, rest.GetValueOrDefault(key, PodSet.Empty).With(pod));
    }

    private static ImmutableDictionary<string, PodSet> Drop(ImmutableDictionary<string, PodSet> index, string? key, string uid)
    {
        if (key is null || !index.TryGetValue(key, out var pods))
        {
            return index;
        }

        var rest = pods.Without(uid);
        return rest.IsEmpty ? index.Remove(key) : index.SetItem(key, rest);
    }

    private ClusterView Unindex(Pod pod) => this with
    {
        ByNode = Drop(ByNode, pod.Node, pod.Uid),
        ByOwner = Drop(ByOwner, pod.Owner?.Uid, pod.Uid),
        Unscheduled = Unscheduled.Remove(pod.Uid),
    };
}
