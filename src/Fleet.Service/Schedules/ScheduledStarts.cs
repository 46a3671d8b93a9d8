using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Orders;
using Fleet.Core.Schedules;
using Fleet.Service.Http;
using Fleet.Service.Runs;

namespace Fleet.Service.Schedules;

/// <summary>Begins the runs of schedules as those that people order are begun: the same checks, the same records.</summary>
internal sealed class ScheduledStarts(RunStarter starter) : IScheduledStarts
{
    public async Task<ScheduledStart> StartAsync(ScheduleSpec schedule, string pool, string key, Firing firing, CancellationToken cancellationToken)
    {
        var order = new RotationOrder { Key = key, Cluster = schedule.Cluster, Pool = pool, Wishes = new RotationWishes { OlderThan = schedule.OlderThan } };
        // Who fires it at once is the person behind its run; else it is the schedule itself, whoever declared it.
        var name = $"schedule/{schedule.Name}";
        var person = firing.Manual ? firing.AskedBy : name;
        try
        {
            // The key says all of the order that can differ between two tries.
            return await starter.StartAsync(order, key, new Caller(name, [], person), plan => schedule.NewImage ? !plan.Nodes.IsEmpty : !plan.TooOld.IsEmpty, cancellationToken).ConfigureAwait(false) is var (run, _)
                ? new ScheduledStart(StartKind.Begun, run.Id, "")
                : new ScheduledStart(StartKind.NothingToDo, null, Nothing(schedule));
        }
        catch (ApiException refused)
        {
            return new ScheduledStart(Kind(refused), (string?)refused.More["run"], refused.Message);
        }
    }

    private static StartKind Kind(ApiException refused) =>
        refused.Code == "run-under-way" ? StartKind.UnderWay
        : OutOfReach(refused.Code) || (refused.Errors.Count > 0 && refused.Errors.All(error => OutOfReach(error.Code))) ? StartKind.Unavailable
        : StartKind.Refused;

    private static bool OutOfReach(string code) => code.StartsWith("cluster-", StringComparison.Ordinal) || code.StartsWith("aws-", StringComparison.Ordinal);

    private static string Nothing(ScheduleSpec schedule)
    {
        var age = schedule.OlderThan is { } limit ? $"older than {Durations.FormatAge(limit)}" : "";
        return $"no instance is {(schedule.NewImage ? age.Length > 0 ? $"outdated or {age}" : "outdated" : age)}";
    }
}
