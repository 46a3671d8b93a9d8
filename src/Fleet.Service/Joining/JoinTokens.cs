using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fleet.Core.Inventory;
using Fleet.Core.Joining;
using Fleet.Hosting.Connections;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Joining;

/// <summary>Keeps the join tokens of all declared clusters that say how nodes join. Each replica looks by itself: what one does twice changes nothing.</summary>
internal sealed partial class JoinTokens(ServiceOptions options, ConnectionPool connections, ILogger logger)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = [];

    /// <summary>How long the token of each cluster is still good, as this replica last saw it; 0 where it has ended, or none was seen.</summary>
    public IEnumerable<Measurement<double>> Left()
    {
        var now = options.Connections.Policy.GetUtcNow();
        return _ends.Select(end => new Measurement<double>(Math.Max(0, (end.Value - now).TotalSeconds), new KeyValuePair<string, object?>("cluster", end.Key)));
    }

    /// <summary>Looks every minute until it is stopped: of policy time, by which tokens end.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store fails with, the next look finds the same clusters.
            catch (Exception away)
#pragma warning restore CA1031
            {
                Log.Unread(logger, away);
            }

            await Task.Delay(Pause, options.Connections.Policy, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        var clusters = (await options.Inventory.ClustersAsync(stopping).ConfigureAwait(false)).Where(cluster => cluster.Join is not null).ToList();
        foreach (var gone in _ends.Keys.Except(clusters.Select(cluster => cluster.Name)))
        {
            _ends.TryRemove(gone, out _);
        }

        await Parallel.ForEachAsync(clusters, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping }, async (cluster, _) => await KeepAsync(cluster, stopping).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task KeepAsync(ClusterSpec cluster, CancellationToken stopping)
    {
        _ends.TryAdd(cluster.Name, DateTimeOffset.MinValue);
        using var limit = new CancellationTokenSource(Patience, options.Connections.Wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            var rented = connections.Rent(cluster);
            await using (rented.ConfigureAwait(false))
            {
                var kept = await JoinTokenKeeper.LookAsync(cluster, rented.Connection.Joining, options.Secrets, options.Connections.Policy.GetUtcNow(), either.Token).ConfigureAwait(false);
                _ends[cluster.Name] = kept.Expires;
                if (kept.Renewed)
                {
                    Log.Renewed(logger, kept.Id, cluster.Name, kept.Expires);
                }
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Log.Failed(logger, cluster.Name, $"no answer within {Durations.Format(Patience)}");
        }
#pragma warning disable CA1031 // A cluster that cannot be reached, whatever it fails with, must not keep the others from their tokens.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, cluster.Name, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2210, Level = LogLevel.Information, Message = "Nodes join cluster {Cluster} by token {Token} until {Expires}")]
        public static partial void Renewed(ILogger logger, string token, string cluster, DateTimeOffset expires);

        [LoggerMessage(EventId = 2211, Level = LogLevel.Warning, Message = "The join token of cluster {Cluster} cannot be kept fresh; tried again in a minute: {Why}")]
        public static partial void Failed(ILogger logger, string cluster, string why);

        [LoggerMessage(EventId = 2212, Level = LogLevel.Warning, Message = "The clusters whose join tokens are kept cannot be read; tried again in a minute")]
        public static partial void Unread(ILogger logger, Exception away);
    }
}
