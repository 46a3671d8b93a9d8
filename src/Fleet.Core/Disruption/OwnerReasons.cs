using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Why something waits for an owner without budget.</summary>
internal static class OwnerReasons
{
    public static Reason Held(ClusterView view, string uid, int limit, int count, IEnumerable<string> others) => Of(
        view,
        uid,
        limit,
        $"has {count} pods on the node and pods on {string.Join(", ", others)}, of which one node evicts in turn",
        $"{count} on the node",
        "wait until these nodes are drained");

    public static Reason Exhausted(ClusterView view, string uid, int limit, int disrupted, int promised) => Of(
        view,
        uid,
        limit,
        $"has {disrupted} pods disrupted by Fleet" + (promised > 0 ? $" and {promised} more on nodes that drain" : ""),
        $"{disrupted} disrupted",
        "wait until they are ready again, or give the owner a PodDisruptionBudget that allows more");

    /// <summary>An owner's name in reasons.</summary>
    public static string Name(ClusterView view, string uid) =>
        view.Owners.TryGetValue(uid, out var owner) ? Name(owner)
        : view.PodsOf(uid) is [{ Owner: { } known }, ..] ? known.ToString() : $"owner {uid}";

    // A person knows the Deployment, not the hash of its ReplicaSet.
    private static string Name(Owner owner) => (owner.Parent ?? owner.Key).ToString();

    private static Reason Of(ClusterView view, string uid, int limit, string what, string value, string cure) => new()
    {
        Code = DisruptionCodes.OwnerLimit,
        Sentence = $"{Name(view, uid)}, which no budget protects, {what}; Fleet disrupts at most {limit} at a time",
        Object = Name(view, uid),
        Limit = $"{limit} (a quarter of the ready pods, at least 1)",
        Value = value,
        Cure = cure,
    };
}
