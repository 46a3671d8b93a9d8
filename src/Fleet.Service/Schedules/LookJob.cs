using Quartz;

namespace Fleet.Service.Schedules;

/// <summary>One look at the schedule whose name the job has; of all replicas one looks at a time. Its name and assembly stand in Quartz's tables.</summary>
[DisallowConcurrentExecution]
internal sealed class LookJob(ScheduleKeeper keeper) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await keeper.LookAsync(context.JobDetail.Key.Name).ConfigureAwait(false);
}
