using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>Replicas on one database: who may act is decided by version and lease, whatever their clocks show.</summary>
public sealed class SharedDatabaseTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();
    private readonly StoppedClock _here = new() { Now = TimeProvider.System.GetUtcNow() };
    private readonly StoppedClock _ahead = new() { Now = TimeProvider.System.GetUtcNow().AddHours(1) };
    private readonly PostgresStore _one;
    private readonly PostgresStore _two;

    public SharedDatabaseTests()
    {
        _one = new PostgresStore(DatabaseUrl.Parse(_database.Url), _here);
        _two = new PostgresStore(DatabaseUrl.Parse(_database.Url), _ahead);
    }

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task Of_many_who_record_on_the_same_version_one_wins()
    {
        var round = await TestRuns.RoundAsync(_one);

        var writers = Enumerable.Range(0, 12).Select(number => Task.Run(async () =>
        {
            try
            {
                await (number % 2 == 0 ? _one : _two).CommitAsync(round with { Run = round.Run with { State = $"of {number}" } }, None);
                return number;
            }
            catch (RunLostException)
            {
                return -1;
            }
        }));
        var winner = (await Task.WhenAll(writers)).Where(number => number >= 0).ShouldHaveSingleItem();

        (await _one.GetAsync(TestRuns.Id, None))!.State.ShouldBe($"of {winner}");
        (await _one.JournalAsync(TestRuns.Id, 0, None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_many_who_begin_a_run_on_a_pool_one_does()
    {
        var makers = Enumerable.Range(0, 12).Select(number => Task.Run(async () =>
        {
            try
            {
                var run = new Run { Id = $"r-{number}", Kind = "rotation", Cluster = "prod", Pool = "workers", Spec = "{}", State = "{}", Created = default, Updated = default };
                await (number % 2 == 0 ? _one : _two).CreateAsync(run, None);
                return 1;
            }
            catch (RunUnderWayException)
            {
                return 0;
            }
        }));

        (await Task.WhenAll(makers)).Sum().ShouldBe(1);
    }

    [Fact]
    public async Task Of_many_who_repeat_an_order_at_once_all_find_the_one_run()
    {
        var orders = Enumerable.Range(0, 12).Select(number => Task.Run(() => (number % 2 == 0 ? _one : _two).CreateAsync(
            new Run { Id = $"r-{number}", Kind = "rotation", Cluster = "prod", Pool = $"pool-{number}", Key = "nightly", OrderDigest = "a", Spec = "{}", State = "{}", Created = default, Updated = default },
            None)));

        (await Task.WhenAll(orders)).Select(run => run.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_replica_whose_clock_is_ahead_takes_no_lease_that_still_counts_and_tells_its_end_by_its_own_clock()
    {
        await TestRuns.RoundAsync(_one);

        var seen = await _two.AcquireLeaseAsync(TestRuns.Id, "driver-2", TestRuns.LeaseTime, _ahead.Now, None);

        seen.Owner.ShouldBe("driver-1");
        seen.Expires.ShouldBeInRange(_ahead.Now, _ahead.Now + TestRuns.LeaseTime);
        (await _two.LeaseAsync(TestRuns.Id, None))!.Expires.ShouldBeInRange(_ahead.Now, _ahead.Now + TestRuns.LeaseTime);
        (await _one.LeaseAsync(TestRuns.Id, None))!.Expires.ShouldBeInRange(_here.Now, _here.Now + TestRuns.LeaseTime);
    }

    [Fact]
    public async Task Who_was_taken_over_from_is_refused_by_the_old_number_and_the_new_one_goes_on()
    {
        var round = await TestRuns.RoundAsync(_one);
        _database.Execute("UPDATE runs SET lease_expires = '2000-01-01T00:00:00.0000000Z'");

        var taken = await _two.AcquireLeaseAsync(TestRuns.Id, "driver-2", TestRuns.LeaseTime, _ahead.Now, None);

        taken.Owner.ShouldBe("driver-2");
        (await Should.ThrowAsync<RunLostException>(() => _one.CommitAsync(round, None))).Message.ShouldContain("driver-2");
        await Should.ThrowAsync<RunLostException>(() => _one.AppendAsync(TestRuns.Id, round.Fencing, round.Journal, None));
        (await _two.CommitAsync(round with { Fencing = taken.Fencing }, None)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task Runs_are_written_beside_each_other()
    {
        var round = await TestRuns.RoundAsync(_one);
        using var stuck = new HeldScope(_database, "run/another");

        (await _one.CommitAsync(round, None)).Version.ShouldBe(1);
    }
}
