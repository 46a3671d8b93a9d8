namespace Fleet.Core.Disruption;

/// <summary>The watched view of one cluster.</summary>
public interface IClusterWatch
{
    /// <summary>
    /// The view as it stands, after the first full list. It contains every write that this process has made through <see cref="INodeActions"/> and <see cref="IEvictions"/> and that was answered,
    /// or a later state (a node or budget is decided on again only when the view has caught up with the own write).
    /// </summary>
    /// <exception cref="ClusterUnreachableException">The API server cannot be reached, refuses the credentials, or its certificate is not valid.</exception>
    Task<ClusterView> ViewAsync(CancellationToken cancellationToken);

    /// <summary>Ends when the view differs from the one given, or at an instant of policy time.</summary>
    Task WaitForChangeAsync(ClusterView seen, DateTimeOffset until, CancellationToken cancellationToken);
}
