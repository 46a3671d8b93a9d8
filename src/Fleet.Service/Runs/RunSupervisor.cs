using System.Collections.Concurrent;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Runs;
using Fleet.Service.Replicas;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Runs;

/// <summary>
/// Drives every run that nobody else drives: those that are asked for here, those that another process left, and those that stand and are asked to go on. Who may act is decided by the run's lease alone.
/// </summary>
internal sealed class RunSupervisor(ServiceOptions options, IEnumerable<IRunKind> kinds, RunShare share, ILogger logger) : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>How late a look may be before the service no longer counts as ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, IRunKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _driven = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset NotBefore, string Why)> _failed = [];
    private readonly SemaphoreSlim _news = new(0);
    private long _looked = options.Connections.Wall.GetTimestamp();
    private volatile string? _failure;
    private volatile bool _stopping;

    /// <summary>What keeps runs from being driven here; null for nothing.</summary>
    public string? Trouble =>
        _stopping ? "the service stops"
        : _failure ?? (Wall.GetElapsedTime(Volatile.Read(ref _looked)) is var since && since > options.Interval + Patience ? $"nobody has looked for runs for {(int)since.TotalSeconds} s" : null);

    /// <summary>Runs that are driven here.</summary>
    public int Driven => _driven.Count;

    private TimeProvider Wall => options.Connections.Wall;

    /// <summary>A run has been created or is asked for something: look at once.</summary>
    public void Look() => _news.Release();

    /// <summary>The run, and before what it waits for itself, why nobody drives it now.</summary>
    public Run Explained(Run run)
    {
        lock (_failed)
        {
            return run.Phase.IsFinal() || !_failed.TryGetValue(run.Id, out var failed) ? run : run with { Reasons = run.Reasons.Insert(0, NotDriven(run, failed.Failures, failed.Why)) };
        }
    }

    /// <summary>Looks and drives until it is stopped; returns when nothing is driven any more.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TakeUpAsync(stopping).ConfigureAwait(false);
                _failure = null;
                Volatile.Write(ref _looked, Wall.GetTimestamp());
                await WaitAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // A database that does not answer for a while must not end the service.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _failure = "the runs cannot be read; the log says why";
                SupervisorLog.LookFailed(logger, failure);
                await Task.Delay(options.Interval, Wall, CancellationToken.None).ConfigureAwait(false);
            }
        }

        _stopping = true;
        await Task.WhenAll(_driven.Values).ConfigureAwait(false);
    }

    public void Dispose() => _news.Dispose();

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(options.Interval, Wall);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await _news.WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nothing new within the interval: look all the same.
        }
    }

    private async Task TakeUpAsync(CancellationToken stopping)
    {
        var unfinished = await options.Runs.ListAsync(null, null, unfinishedOnly: true, stopping).ConfigureAwait(false);
        var open = unfinished.Where(run => _kinds.ContainsKey(run.Kind) && !run.Rests && (run.Request == RunRequest.Cancel || StoreRules.Ahead(run, unfinished) is null)).ToList();
        var free = new List<Run>();
        var deserted = new HashSet<string>();
        foreach (var run in open.Where(run => !_driven.ContainsKey(run.Id) && !HasJustFailed(run.Id)))
        {
            var lease = await options.Runs.LeaseAsync(run.Id, stopping).ConfigureAwait(false);
            if (lease is not null && lease.Owner != options.Owner && lease.Expires > Wall.GetUtcNow())
            {
                continue;
            }

            free.Add(run);
            if (lease is not null && lease.Owner != options.Owner)
            {
                deserted.Add(lease.Owner);
            }
        }

        foreach (var run in share.Take(free, deserted, open.Count, _driven.Count))
        {
            _driven[run.Id] = Task.Run(() => DriveAsync(_kinds[run.Kind], run, stopping), CancellationToken.None);
        }
    }

    private async Task DriveAsync(IRunKind kind, Run run, CancellationToken stopping)
    {
        try
        {
            SupervisorLog.Driven(logger, run.Id, run.Cluster, run.Pool);
            var rests = await kind.DriveAsync(run, stopping).ConfigureAwait(false);
            var why = string.Join("; ", rests.Reasons.Select(reason => reason.Sentence));
            SupervisorLog.Rests(logger, rests.Phase == RunPhase.Succeeded ? LogLevel.Information : LogLevel.Warning, run.Id, run.Cluster, run.Pool, rests.Phase, why);
            Succeeded(run.Id);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Left as it is recorded; whoever is quicker goes on with it.
        }
        catch (RunLostException lost)
        {
            SupervisorLog.Lost(logger, run.Id, lost.Message);
        }
        catch (Exception unreachable) when (unreachable is ClusterUnreachableException or CloudRefusedException)
        {
            Failed(run.Id, unreachable.Message);
            SupervisorLog.NotReached(logger, run.Id, unreachable.Message);
        }
#pragma warning disable CA1031 // One run's failure must not end the others; it is tried again.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            Failed(run.Id, "the service failed; its log says how");
            SupervisorLog.DriveFailed(logger, run.Id, bug);
        }
        finally
        {
            _driven.TryRemove(run.Id, out _);
        }
    }

    private static Reason NotDriven(Run run, int failures, string why) => new()
    {
        Code = "not-driven",
        Object = $"run {run.Id}",
        Sentence = $"the service cannot drive the run now: {why}",
        Limit = $"tried again every {(int)LongestPause.TotalSeconds} s at the latest",
        Value = $"{failures} tries failed",
        Cure = "mend what is named; the service goes on by itself",
    };

    private bool HasJustFailed(string runId)
    {
        lock (_failed)
        {
            return _failed.TryGetValue(runId, out var failed) && failed.NotBefore > Wall.GetUtcNow();
        }
    }

    private void Succeeded(string runId)
    {
        lock (_failed)
        {
            _failed.Remove(runId);
        }
    }

    private void Failed(string runId, string why)
    {
        lock (_failed)
        {
            var failures = _failed.GetValueOrDefault(runId).Failures + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, failures)));
            _failed[runId] = (failures, Wall.GetUtcNow() + pause, why);
        }
    }
}
