namespace Fleet.Core.Disruption;

/// <summary>Events that Fleet leaves in a cluster for those who look there.</summary>
public interface INodeEvents
{
    /// <summary>Leaves an Event; one of the same id that is there already stays as it is.</summary>
    /// <param name="id">Tells this Event from others.</param>
    /// <param name="node">The node that it regards; null: the cluster as a whole, for which the namespace kube-system stands.</param>
    /// <param name="reason">Its reason, in CamelCase.</param>
    /// <param name="message">Its message; what is longer than 1,024 characters is cut.</param>
    /// <param name="warning">Whether it is of type Warning, else Normal.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, or refuses.</exception>
    Task LeaveAsync(string id, string? node, string reason, string message, bool warning, DateTimeOffset at, CancellationToken cancellationToken);
}
