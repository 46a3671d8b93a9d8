namespace Fleet.Hosting.Connections;

/// <summary>A connection that others may use at the same time; disposing it gives it back.</summary>
public sealed class RentedConnection : IAsyncDisposable
{
    private Func<ValueTask>? _giveBack;

    internal RentedConnection(ClusterConnection connection, Func<ValueTask> giveBack) => (Connection, _giveBack) = (connection, giveBack);

    /// <summary>The connection; not to be used after it was given back.</summary>
    public ClusterConnection Connection { get; }

    /// <summary>Gives it back, once.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _giveBack, null)?.Invoke() ?? ValueTask.CompletedTask;
}
