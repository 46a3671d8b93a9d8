namespace Fleet.Core.Disruption;

/// <summary>A controller of pods: ReplicaSet, StatefulSet, DaemonSet, Job.</summary>
public sealed record Owner
{
    /// <summary>Which one.</summary>
    public required OwnerKey Key { get; init; }

    /// <summary>Wanted pods: spec.replicas, for a Job the pods still to run, for a DaemonSet the nodes wanted. An absent number on the wire is what Kubernetes takes for it.</summary>
    public int Wanted { get; init; }

    /// <summary>Ready pods by its status.</summary>
    public int Ready { get; init; }

    /// <summary>Who owns it in turn, e.g. the Deployment of a ReplicaSet; null for none.</summary>
    public OwnerKey? Parent { get; init; }

    /// <summary>For a DaemonSet: the node selection of its template, to know on which nodes a pod is due; null for the others.</summary>
    public Pod? DaemonTemplate { get; init; }
}
