namespace Fleet.Core.Runs;

/// <summary>Which replicas of the service share the store.</summary>
public interface IReplicaStore
{
    /// <summary>Says that a replica lives, and counts those that do.</summary>
    /// <param name="replica">Its name.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="silence">After how long without a word a replica counts no more.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>How many live, this one included.</returns>
    Task<int> LiveAsync(string replica, DateTimeOffset now, TimeSpan silence, CancellationToken cancellationToken);

    /// <summary>Says that a replica ends.</summary>
    Task LeaveAsync(string replica, CancellationToken cancellationToken);
}
