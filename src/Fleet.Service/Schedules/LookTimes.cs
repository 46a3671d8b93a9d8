using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Fleet.Service.Schedules;

/// <summary>
/// Quartz, which says who looks at a schedule next, and when: with PostgreSQL one of the replicas, in memory where there is one service. It knows no cron and decides nothing: a schedule's own state says whether a time has come, and
/// its version who fires it, so that a look too many, too early or too late changes nothing.
/// </summary>
internal sealed class LookTimes(ServiceOptions options, ILoggerFactory logs) : IAsyncDisposable
{
    private const string Group = "schedules";

    /// <summary>Looks at the same moment: a cluster that takes its time keeps no other schedule waiting.</summary>
    private const int MostLooks = 64;

    /// <summary>A replica that has not told of itself for <see cref="CheckIn"/> and <see cref="Patience"/> is taken for dead, and its looks are taken over.</summary>
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>How often a replica asks for looks that others planned.</summary>
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(5);

    private StandaloneSchedulerFactory? _factory;
    private IScheduler? _scheduler;

    /// <summary>Begins to have schedules looked at; after a failure it may be tried again.</summary>
    public async Task StartAsync(ScheduleKeeper keeper, CancellationToken cancellationToken)
    {
        if (_scheduler is not null)
        {
            return;
        }

        if (_factory is not null)
        {
            await _factory.DisposeAsync().ConfigureAwait(false);
        }

        _factory = QuartzSchedulerBuilder.Create(quartz => Configure(quartz, keeper)).Build();
        var scheduler = await _factory.GetScheduler(cancellationToken).ConfigureAwait(false);
        await scheduler.Start(cancellationToken).ConfigureAwait(false);
        _scheduler = scheduler;
    }

    /// <summary>The looks that are planned, by schedule; null before it has started.</summary>
    public async Task<Dictionary<string, PlannedLook>?> PlannedAsync(CancellationToken cancellationToken)
    {
        if (_scheduler is not { } scheduler)
        {
            return null;
        }

        var found = await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group), Take = int.MaxValue }, cancellationToken).ConfigureAwait(false);
        return found.Items.ToDictionary(trigger => trigger.Key.Name, trigger => new PlannedLook(trigger.NextFireTimeUtc, trigger.State is not (TriggerState.Blocked or TriggerState.Executing)));
    }

    /// <summary>Plans the next look at a schedule, whatever was planned before.</summary>
    /// <param name="schedule">Its name.</param>
    /// <param name="at">Wall time; null for no more.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task PlanAsync(string schedule, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        if (_scheduler is not { } scheduler)
        {
            return;
        }

        var key = new TriggerKey(schedule, Group);
        if (at is null)
        {
            await scheduler.UnscheduleJob(key, cancellationToken).ConfigureAwait(false);
            return;
        }

        // Again and again from then on: who looks plans anew, and where that fails, the next look comes by itself.
        var trigger = TriggerBuilder.Create(options.Connections.Wall).WithIdentity(key).ForJob(schedule, Group).StartAt(at.Value)
            .WithSimpleSchedule(every => every.WithInterval(PolicyPace.Farthest).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
            .Build();
        if (await scheduler.RescheduleJob(key, trigger, cancellationToken).ConfigureAwait(false) is null)
        {
            var job = JobBuilder.Create<LookJob>().WithIdentity(schedule, Group).RequestRecovery(true).Build();
            await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins no look any more.</summary>
    public async Task StandbyAsync()
    {
        if (_scheduler is { } scheduler)
        {
            await scheduler.Standby(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_scheduler is { } scheduler)
        {
            await scheduler.Shutdown(true, CancellationToken.None).ConfigureAwait(false);
        }

        if (_factory is not null)
        {
            await _factory.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Configure(IQuartzBuilder quartz, ScheduleKeeper keeper)
    {
        // To Quartz a replica that has ended in order is a dead one, which at each restart would be a warning.
        quartz.Services.AddLogging(logging => logging.AddProvider(new ForwardedLogs(logs)).SetMinimumLevel(LogLevel.Error)).AddSingleton(keeper);
        quartz.UseTimeProvider(options.Connections.Wall);
        quartz.UseDefaultThreadPool(MostLooks);
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.InstanceId, scheduler.IdleWaitTime) = ("fleet", options.Owner, Asking));
        if (options.Shared is not { } database)
        {
            quartz.UseInMemoryStore();
            return;
        }

        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.DataSourceFactory = _ => database);
            store.UseSystemTextJsonSerializer();
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, Patience));

            // A look that cannot be begun is tried again, however often.
            store.ConfigureStore(tables => (tables.TablePrefix, tables.UseBackgroundThreads, tables.MaxConsecutiveFireFailures) = ("qrtz_", true, 0));
        });
    }
}
