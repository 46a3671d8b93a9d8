namespace Fleet.Core.Disruption;

/// <summary>One writer per pool, over all Fleet installations: a coordination Lease <c>fleet-POOL</c> in kube-system. Times are the wall clock's.</summary>
public interface IPoolLock
{
    /// <summary>Takes or renews the lease.</summary>
    /// <param name="pool">Pool's name.</param>
    /// <param name="holder">Who: the run's id.</param>
    /// <param name="duration">How long it counts without renewal.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when it is the caller's; else the identity of the one who holds it.</returns>
    Task<string?> AcquireAsync(string pool, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives it back; does nothing when it is somebody else's.</summary>
    Task ReleaseAsync(string pool, string holder, CancellationToken cancellationToken);
}
