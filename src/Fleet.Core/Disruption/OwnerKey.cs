namespace Fleet.Core.Disruption;

/// <summary>The controller of a pod.</summary>
/// <param name="Kind">ReplicaSet, StatefulSet, DaemonSet, Job, Node …</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Name">Name.</param>
/// <param name="Uid">Uid.</param>
public sealed record OwnerKey(string Kind, string Namespace, string Name, string Uid)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind.ToLowerInvariant()} {Namespace}/{Name}";
}
