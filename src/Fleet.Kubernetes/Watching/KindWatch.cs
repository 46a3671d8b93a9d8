using System.Net;
using Fleet.Core.Disruption;
using k8s;
using k8s.Models;

namespace Fleet.Kubernetes.Watching;

/// <summary>
/// Lists one kind in pages, then watches it from there: bookmarks move the version on, 410 lists again, an end by the server starts the next watch, anything else waits with jitter first.
/// Each object is translated as it comes and forgotten.
/// </summary>
/// <param name="source">The kind.</param>
/// <param name="apply">Runs a change of the view under its lock and tells who waits.</param>
/// <param name="explain">The port's failure for an exception.</param>
/// <param name="backoff">Waits between attempts.</param>
internal sealed class KindWatch<T>(WatchSource<T> source, Action<Action> apply, Func<Exception, string, Task<ClusterUnreachableException>> explain, Backoff backoff) : IKindWatch
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private const int PageSize = 500;
    private const int WatchSeconds = 290;

    /// <summary>A view may go on with what it knows over this many failures in a row.</summary>
    private const int Forgiven = 3;

    private readonly HashSet<string> _known = [];
    private string? _version;
    private int _failures;

    /// <inheritdoc/>
    public bool Listed { get; private set; }

    /// <inheritdoc/>
    public ClusterUnreachableException? Failure { get; private set; }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                _version ??= await ListAsync(cancellationToken).ConfigureAwait(false);
                await WatchAsync(_version, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (KubernetesFailure.Is(failure, cancellationToken))
            {
                if (KubernetesFailure.StatusOf(failure) == (int)HttpStatusCode.Gone)
                {
                    _version = null;
                }

                await FailedAsync(failure, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task FailedAsync(Exception failure, CancellationToken cancellationToken)
    {
        _failures++;
        if (!Listed || _failures > Forgiven)
        {
            var explained = await explain(failure, $"list {source.Resource}").ConfigureAwait(false);
            apply(() => Failure = explained);
        }

        await backoff.DelayAsync(_failures, KubernetesFailure.RetryAfter(failure), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<string>();
        string? next = null;
        V1ListMeta meta;
        do
        {
            (var items, meta) = await source.ListAsync(PageSize, next, cancellationToken).ConfigureAwait(false);
            apply(() =>
            {
                foreach (var one in items)
                {
                    found.Add(source.Key(one));
                    source.Put(one);
                }
            });
            next = meta.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));

        apply(() =>
        {
            foreach (var gone in _known.Except(found).ToList())
            {
                source.Remove(gone);
            }

            _known.Clear();
            _known.UnionWith(found);
            Listed = true;
            Recovered();
        });
        return meta.ResourceVersion;
    }

    private async Task WatchAsync(string from, CancellationToken cancellationToken)
    {
        // The client hands an ERROR event to the sink and goes on reading: end the watch there.
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? error = null;
        void Sink(Exception told)
        {
            error ??= told;
            broken.Cancel();
        }

        try
        {
            await foreach (var (type, one) in source.Watch(from, WatchSeconds, Sink, broken.Token).ConfigureAwait(false))
            {
                _version = one.Metadata.ResourceVersion;
                apply(() => Take(type, one));
            }
        }
        catch (Exception) when (error is not null)
        {
            // The sink ended the watch; its own error is thrown below.
        }

        if (error is not null)
        {
            throw error as KubernetesException ?? new KubernetesException($"the watch on {source.Resource} broke: {error.Message}", error);
        }
    }

    private void Take(WatchEventType type, T one)
    {
        Recovered();
        switch (type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                _known.Add(source.Key(one));
                source.Put(one);
                break;
            case WatchEventType.Deleted:
                _known.Remove(source.Key(one));
                source.Remove(source.Key(one));
                break;
        }
    }

    private void Recovered()
    {
        _failures = 0;
        Failure = null;
    }
}
