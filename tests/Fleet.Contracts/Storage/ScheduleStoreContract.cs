using Fleet.Core.Inventory;
using Fleet.Core.Schedules;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IScheduleStore"/> promises.</summary>
public abstract class ScheduleStoreContract
{
    protected abstract IScheduleStore Store { get; }

    private IInventoryStore Inventory => (IInventoryStore)Store;

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_state_is_read_back_as_it_was_put()
    {
        await DeclareAsync();
        (await Store.ScheduleStateAsync("nightly", None)).Version.ShouldBe(0);
        var firing = new Firing { Due = Runs.Noon, Begun = Runs.Noon, End = FiringEnd.Failed, Why = "no", Pools = [new FiredPool("a", PoolEnd.Refused, null, "no")], Left = ["b"], Turn = Runs.Noon };
        var state = new ScheduleState { Declared = "x", Since = Runs.Noon, LastDue = Runs.Noon, Suspended = true, Asked = Runs.Noon, Open = firing, Recent = [firing with { Manual = true, Ended = Runs.Noon }] };

        (await Store.PutScheduleStateAsync("nightly", 0, state, None)).ShouldBeTrue();

        var stored = await Store.ScheduleStateAsync("nightly", None);
        stored.Version.ShouldBe(1);
        SpecJson.Write(stored.State).ShouldBe(SpecJson.Write(state));
    }

    [Fact]
    public async Task Of_writers_that_have_read_the_same_version_one_writes()
    {
        await DeclareAsync();
        foreach (var version in new[] { 0, 1, 2 })
        {
            var wrote = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.PutScheduleStateAsync("nightly", version, new ScheduleState(), None))));
            wrote.Count(done => done).ShouldBe(1);
        }

        (await Store.ScheduleStateAsync("nightly", None)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_schedule_that_is_gone_has_no_state_and_takes_none()
    {
        await DeclareAsync();
        await Store.PutScheduleStateAsync("nightly", 0, new ScheduleState { Suspended = true }, None);

        await Inventory.ChangeAsync(_ => new() { DeleteSchedule = "nightly" }, None);

        (await Store.PutScheduleStateAsync("nightly", 1, new ScheduleState(), None)).ShouldBeFalse();
        (await Store.PutScheduleStateAsync("nightly", 0, new ScheduleState(), None)).ShouldBeFalse();
        await DeclareAsync();
        (await Store.ScheduleStateAsync("nightly", None)).State.Suspended.ShouldBeFalse();
    }

    private Task DeclareAsync() => Inventory.ChangeAsync(
        _ => new()
        {
            Clusters = [new ClusterSpec { Name = "prod", Account = "123456789012", Region = "eu-west-1" }],
            Schedules = [new ScheduleSpec { Name = "nightly", Cluster = "prod", Cron = "0 2 * * *", TimeZone = "UTC" }],
        },
        None);
}
