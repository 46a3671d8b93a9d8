using Fleet.Core.Access;
using Fleet.Core.Builds.Orders;
using Fleet.Core.Inventory;
using Fleet.Core.Promotions.Orders;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Orders;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;
using Fleet.Service.Http;
using Fleet.Service.Images;
using Fleet.Service.Runs;

namespace Fleet.Service.Schedules;

/// <summary>Begins the runs of schedules as those that people order are begun: the same checks, the same records. A run's key says all of the order that can differ between two tries.</summary>
internal sealed class ScheduledStarts(RunStarter rotations, BuildStarter builds, PromotionStarter promotions) : IScheduledStarts
{
    public async Task<ScheduledStart> StartAsync(ScheduleSpec schedule, ScheduleStep step, string key, Firing firing, CancellationToken cancellationToken)
    {
        // Who fires it at once is the person behind its run; else it is the schedule itself, whoever declared it.
        var name = $"schedule/{schedule.Name}";
        var caller = new Caller(name, [], firing.Manual ? firing.AskedBy : name);
        try
        {
            return step.Kind switch
            {
                StepKind.Build => await BuildAsync(step.Name, key, caller, cancellationToken).ConfigureAwait(false),
                StepKind.Promotion => Begun((await promotions.StartAsync(new ImagePromotionOrder { Key = key, Recipe = step.Name, SkipSoak = firing.SkipSoak }, key, caller, cancellationToken).ConfigureAwait(false)).Run),
                _ => await RotateAsync(schedule, step.Name, key, caller, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (ApiException refused)
        {
            return new ScheduledStart(Kind(refused), (string?)refused.More["run"], refused.Message);
        }
    }

    private async Task<ScheduledStart> BuildAsync(string recipe, string key, Caller caller, CancellationToken cancellationToken) =>
        await builds.StartAsync(new ImageBuildOrder { Key = key, Recipe = recipe }, key, caller, plan => plan.Builds, cancellationToken).ConfigureAwait(false) is var (run, _)
            ? Begun(run)
            : new ScheduledStart(StartKind.NothingToDo, null, "what the recipe says was built before");

    private async Task<ScheduledStart> RotateAsync(ScheduleSpec schedule, string pool, string key, Caller caller, CancellationToken cancellationToken)
    {
        var order = new RotationOrder { Key = key, Cluster = schedule.Cluster, Pool = pool, Wishes = new RotationWishes { OlderThan = schedule.OlderThan } };
        return await rotations.StartAsync(order, key, caller, plan => schedule.NewImage ? !plan.Nodes.IsEmpty : !plan.TooOld.IsEmpty, cancellationToken).ConfigureAwait(false) is var (run, _)
            ? Begun(run)
            : new ScheduledStart(StartKind.NothingToDo, null, Nothing(schedule));
    }

    private static ScheduledStart Begun(Run run) => new(StartKind.Begun, run.Id, "");

    private static StartKind Kind(ApiException refused) =>
        refused.Code == "run-under-way" ? StartKind.UnderWay
        : refused.Errors is [{ Code: "no-candidate" }] ? StartKind.NothingToDo
        : OutOfReach(refused.Code) || (refused.Errors.Count > 0 && refused.Errors.All(error => OutOfReach(error.Code))) ? StartKind.Unavailable
        : StartKind.Refused;

    private static bool OutOfReach(string code) => code.StartsWith("cluster-", StringComparison.Ordinal) || code.StartsWith("aws-", StringComparison.Ordinal);

    private static string Nothing(ScheduleSpec schedule)
    {
        var age = schedule.OlderThan is { } limit ? $"older than {Durations.FormatAge(limit)}" : "";
        return $"no instance is {(schedule.NewImage ? age.Length > 0 ? $"outdated or {age}" : "outdated" : age)}";
    }
}
