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

    /// <summary>Uids of pods by node.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> ByNode { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    /// <summary>Uids of pods by the uid of their controller.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> ByOwner { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    /// <summary>Uids of pods that are bound to no node and not finished.</summary>
    public ImmutableHashSet<string> Unscheduled { get; init; } = [];

    /// <summary>Budgets by <c>namespace/name</c>.</summary>
    public ImmutableDictionary<string, Budget> Budgets { get; init; } = ImmutableDictionary<string, Budget>.Empty;

    /// <summary>Owners by uid.</summary>
    public ImmutableDictionary<string, Owner> Owners { get; init; } = ImmutableDictionary<string, Owner>.Empty;

    /// <summary>Volume attachments by name.</summary>
    public ImmutableDictionary<string, Attachment> Attachments { get; init; } = ImmutableDictionary<string, Attachment>.Empty;

    /// <summary>Pods on a node.</summary>
    public IEnumerable<Pod> PodsOn(string node) => ByNode.TryGetValue(node, out var uids) ? uids.Select(uid => Pods[uid]) : [];

    /// <summary>Pods of a controller.</summary>
    public IEnumerable<Pod> PodsOf(string ownerUid) => ByOwner.TryGetValue(ownerUid, out var uids) ? uids.Select(uid => Pods[uid]) : [];

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
        var cleared = Pods.TryGetValue(pod.Uid, out var before) ? Unindex(before) : this;
        return cleared with
        {
            Pods = Pods.SetItem(pod.Uid, pod),
            ByNode = pod.Node is { } node ? Index(cleared.ByNode, node, pod.Uid) : cleared.ByNode,
            ByOwner = pod.Owner is { } owner ? Index(cleared.ByOwner, owner.Uid, pod.Uid) : cleared.ByOwner,
            Unscheduled = pod.Node is null && !pod.Finished ? cleared.Unscheduled.Add(pod.Uid) : cleared.Unscheduled,
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

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Index(ImmutableDictionary<string, ImmutableHashSet<string>> index, string key, string uid) =>
        index.SetItem(key, index.GetValueOrDefault(key, []).Add(uid));

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Drop(ImmutableDictionary<string, ImmutableHashSet<string>> index, string? key, string uid) =>
        key is null || !index.TryGetValue(key, out var uids) ? index
        : uids.Count == 1 && uids.Contains(uid) ? index.Remove(key)
        : index.SetItem(key, uids.Remove(uid));

    private ClusterView Unindex(Pod pod) => this with
    {
        ByNode = Drop(ByNode, pod.Node, pod.Uid),
        ByOwner = Drop(ByOwner, pod.Owner?.Uid, pod.Uid),
        Unscheduled = Unscheduled.Remove(pod.Uid),
    };
}
