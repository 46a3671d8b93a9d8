using System.Diagnostics.Metrics;
using System.Reflection;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Core.Telemetry;
using Fleet.Service.Joining;
using Fleet.Service.Notifications;
using Fleet.Service.Replicas;
using Fleet.Service.Runs;

namespace Fleet.Service.Watching;

/// <summary>What is read from the store and of this replica when somebody looks: runs, their progress, open undo entries. Every replica tells the same of the store.</summary>
internal sealed class ServiceGauges : IDisposable
{
    /// <summary>How old an answer of the store may be: several who scrape cost it no more than one.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(15);

    private readonly Meter _meter;
    private readonly ServiceOptions _options;
    private readonly Notifier _notifier;
    private readonly SemaphoreSlim _turn = new(1);
    private Snapshot? _snapshot;

    public ServiceGauges(ServiceOptions options, RunSupervisor supervisor, Notifier notifier, LiveReplicas replicas, JoinTokens tokens)
    {
        (_options, _notifier) = (options, notifier);
        _meter = new Meter(new MeterOptions(FleetMetrics.Name) { Scope = this });
        _meter.CreateObservableGauge("fleet.runs", Runs, "{run}", "Runs that have not ended, by phase.");
        _meter.CreateObservableGauge("fleet.runs.undriven", () => Count(_snapshot?.Runs.Where(run => !run.Driven)), "{run}", "Runs that nobody drives though they need it: their replica is lost.");
        _meter.CreateObservableGauge("fleet.run.progress.age", Progress, "s", "How long ago something went forward in a run under way; waits for a window, a turn or a person are left out.");
        _meter.CreateObservableGauge("fleet.ledger.open", OpenEntries, "{entry}", "Side effects of a run that are still to be undone.");
        _meter.CreateObservableGauge("fleet.ledger.oldest.age", OldestEntries, "s", "How long ago the oldest side effect that is still to be undone was written down.");
        _meter.CreateObservableGauge("fleet.notifications.queued", Queued, "{notification}", "Notifications that are still to be sent.");
        _meter.CreateObservableGauge("fleet.notifications.oldest.age", OldestNotifications, "s", "How long ago that happened which the oldest notification still to be sent tells of.");
        _meter.CreateObservableGauge("fleet.join.token.left", tokens.Left, "s", "How long the token by which nodes join a cluster is still good, as this replica last saw it; 0 where it has ended or none was seen.");
        _meter.CreateObservableGauge("fleet.database.up", () => _snapshot is { Answered: true } ? 1 : 0, description: "Whether the database answered.");
        _meter.CreateObservableGauge("fleet.replica.ready", () => supervisor.Trouble is null ? 1 : 0, description: "Whether this replica can do its work.");
        _meter.CreateObservableGauge("fleet.replica.runs", () => supervisor.Driven, "{run}", "Runs that this replica drives.");
        _meter.CreateObservableGauge("fleet.replicas", () => replicas.Count, "{replica}", "Replicas that share the store, as this one last heard; limits are divided by it.");
        _meter.CreateObservableGauge("fleet.replica.info", () => new Measurement<int>(1, [new("replica", options.Owner), new("version", Version)]), description: "This replica's name and version.");
    }

    /// <summary>Version of the product.</summary>
    public static string Version { get; } = typeof(ServiceGauges).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private TimeProvider Wall => _options.Connections.Wall;

    /// <summary>Asks the store, if nobody just did.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_snapshot is null || Wall.GetElapsedTime(_snapshot.At) > MaxAge)
            {
                _snapshot = await ReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever the store fails with, the rest is told all the same, and that it failed.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _snapshot = new Snapshot(Wall.GetTimestamp(), false, []);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Keeps looking, for those who take the values without asking first.</summary>
    public async Task KeepLookingAsync(CancellationToken stopping)
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

            await Task.Delay(Pace, Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _turn.Dispose();
    }

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var unfinished = await _options.Runs.ListAsync(null, null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false);
        var (watched, now) = (new List<WatchedRun>(), _options.Connections.Policy.GetUtcNow());
        foreach (var run in unfinished)
        {
            var idle = run.Rests || (run.Request != RunRequest.Cancel && StoreRules.Ahead(run, unfinished) is not null);
            var driven = idle || await _options.Runs.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false) is { } lease && lease.Expires > Wall.GetUtcNow();
            var open = (await _options.Runs.LedgerAsync(run.Id, cancellationToken).ConfigureAwait(false)).Where(entry => entry.Status == LedgerStatus.Open).ToList();
            var progress = run.Kind == RotationSpec.Kind ? RotationJson.Read<RotationState>(run.State).Progress ?? run.Created : run.Updated;
            watched.Add(new WatchedRun(run, driven, idle ? null : Positive(now - progress), open.Count, open.Count == 0 ? TimeSpan.Zero : Positive(now - open.Min(entry => entry.At))));
        }

        return new Snapshot(Wall.GetTimestamp(), true, [.. watched]);
    }

    private static TimeSpan Positive(TimeSpan age) => age > TimeSpan.Zero ? age : TimeSpan.Zero;

    private static int Count(IEnumerable<WatchedRun>? runs) => runs?.Count() ?? 0;

    private IEnumerable<Measurement<int>> Runs() =>
        (_snapshot?.Runs ?? []).GroupBy(run => (run.Run.Kind, run.Run.Cluster, run.Run.Phase))
            .Select(group => new Measurement<int>(group.Count(), [new("kind", group.Key.Kind), new("cluster", group.Key.Cluster), new("phase", Labels.Name(group.Key.Phase))]));

    private IEnumerable<Measurement<double>> Progress() =>
        from run in _snapshot?.Runs ?? []
        let age = run.ProgressAge
        where age is not null
        select new Measurement<double>(age.Value.TotalSeconds, Tags(run.Run));

    private IEnumerable<Measurement<int>> OpenEntries() => (_snapshot?.Runs ?? []).Select(run => new Measurement<int>(run.OpenEntries, Tags(run.Run)));

    private IEnumerable<Measurement<double>> OldestEntries() =>
        (_snapshot?.Runs ?? []).Where(run => run.OpenEntries > 0).Select(run => new Measurement<double>(run.OldestEntry.TotalSeconds, [.. Tags(run.Run), new("phase", Labels.Name(run.Run.Phase))]));

    private IEnumerable<Measurement<int>> Queued() =>
        _options.Settings.Notifications.Select(one => new Measurement<int>(_notifier.Queue.Count(queued => queued.Notification == one.Name), new KeyValuePair<string, object?>("notification", one.Name)));

    private IEnumerable<Measurement<double>> OldestNotifications() =>
        from queued in _notifier.Queue
        group queued.At by queued.Notification into one
        select new Measurement<double>(Positive(_options.Connections.Policy.GetUtcNow() - one.Min()).TotalSeconds, new KeyValuePair<string, object?>("notification", one.Key));

    private static KeyValuePair<string, object?>[] Tags(Run run) => [new("run", run.Id), new("cluster", run.Cluster), new("pool", run.Pool ?? "")];
}
