using Fleet.Core.Disruption;
using k8s;

namespace Fleet.Kubernetes.Watching;

/// <summary>The watched view of one cluster: each kind is listed and watched by itself, all feed one view. Starts at the first look.</summary>
internal sealed class WatchedCluster : IClusterWatch, IAsyncDisposable
{
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(10);

    private readonly IKubernetes _client;
    private readonly TimeProvider _policy;
    private readonly TimeProvider _wall;
    private readonly Lock _gate = new();
    private readonly ClusterViewFeed _feed = new();
    private readonly CancellationTokenSource _end = new();
    private readonly IReadOnlyList<IKindWatch> _kinds;
    private readonly KubernetesCalls _calls;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;

    public WatchedCluster(IKubernetes client, TimeProvider policy, TimeProvider wall, Backoff backoff)
    {
        _client = client;
        _policy = policy;
        _wall = wall;
        _calls = new KubernetesCalls(client, wall, backoff);
        _kinds = WatchedKinds.Of(client, _feed, Apply, (failure, attempted) => KubernetesFailure.OfAsync(failure, attempted, client.BaseUri, wall), backoff);
        Writes = new OwnWrites(() => View);
    }

    /// <summary>Own writes that the view must show before it is handed out.</summary>
    public OwnWrites Writes { get; }

    private ClusterView View
    {
        get
        {
            lock (_gate)
            {
                return _feed.View;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ClusterView> ViewAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var late = false;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_kinds.Select(kind => kind.Failure).FirstOrDefault(failure => failure is not null) is { } failure)
                {
                    throw new ClusterUnreachableException(failure.Code, failure.Message, failure.InnerException);
                }

                changed = _changed.Task;
                if (_kinds.All(kind => kind.Listed))
                {
                    if (Writes.ShownBy(_feed.View))
                    {
                        return _feed.View;
                    }

                    if (!late)
                    {
                        late = true;
                        limit.CancelAfter(CatchUp);
                    }
                }
            }

            try
            {
                await changed.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Writes.Forget();
                throw new ClusterUnreachableException("unreachable", $"the watches on {_client.BaseUri.Authority} have not shown Fleet's own writes within {CatchUp.TotalSeconds:0} s");
            }
        }
    }

    /// <inheritdoc/>
    public async Task WaitForChangeAsync(ClusterView seen, DateTimeOffset until, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_gate)
        {
            if (!ReferenceEquals(_feed.View, seen) || until <= _policy.GetUtcNow())
            {
                return;
            }

            changed = _changed.Task;
        }

        if (until == DateTimeOffset.MaxValue)
        {
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var left = until - _policy.GetUtcNow();
        await Task.WhenAny(changed, Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _policy, first.Token)).ConfigureAwait(false);
        await first.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The uid of the namespace kube-system: the cluster's identity.</summary>
    public async Task<string> IdentityAsync(CancellationToken cancellationToken)
    {
        var found = await _calls.MakeAsync("read namespace kube-system", () => _client.CoreV1.ReadNamespaceAsync(name: "kube-system", cancellationToken: cancellationToken), [], cancellationToken).ConfigureAwait(false);
        return found!.Metadata.Uid;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }

        _end.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_running is not null)
        {
            return;
        }

        var identity = await IdentityAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_running is null)
            {
                _feed.Identify(identity);

                // The watches serve every run of the cluster: they are no part of the round that began them.
                using var apart = ExecutionContext.SuppressFlow();
                _running = Task.WhenAll(_kinds.Select(kind => Task.Run(() => kind.RunAsync(_end.Token))));
            }
        }
    }

    private void Apply(Action change)
    {
        TaskCompletionSource done;
        lock (_gate)
        {
            change();
            done = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        done.TrySetResult();
    }
}
