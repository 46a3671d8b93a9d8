namespace Fleet.Core.Disruption;

/// <summary>Changes on nodes. Each finds "already so" a success, and does nothing when the node of that uid is gone.</summary>
public interface INodeActions
{
    /// <summary>Cordons or uncordons (spec.unschedulable).</summary>
    Task SetUnschedulableAsync(string node, string uid, bool unschedulable, CancellationToken cancellationToken);

    /// <summary>Adds or removes one taint: read, patch with resourceVersion, again on 409; the other taints stay.</summary>
    Task SetTaintAsync(string node, string uid, NodeTaint taint, bool present, CancellationToken cancellationToken);

    /// <summary>Sets own labels and annotations by merge patch; a null value removes the key.</summary>
    Task SetMetadataAsync(string node, string uid, IReadOnlyDictionary<string, string?> labels, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken);

    /// <summary>Deletes the Node object of this uid; only after EC2 says that its instance is terminated.</summary>
    Task DeleteAsync(string node, string uid, CancellationToken cancellationToken);

    /// <summary>The node's latest events as lines, newest last, for evidence.</summary>
    Task<IReadOnlyList<string>> EventsAsync(string node, CancellationToken cancellationToken);
}
