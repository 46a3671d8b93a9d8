using System.Text.Json.Nodes;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>Any object of the cluster: an immutable record, replaced as a whole by the store on each change, so that a watch can keep what it saw.</summary>
public abstract record WorldObject
{
    /// <summary>Metadata.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>
    /// What a client wrote and the world does not model, as a partial document in the kind's own form (e.g. <c>spec.template.spec.containers[0].env</c>), kept so that patches and
    /// unknown fields survive. Treated as immutable: replaced, never changed in place. Null when there is nothing.
    /// </summary>
    public JsonObject? Unmodelled { get; init; }
}
