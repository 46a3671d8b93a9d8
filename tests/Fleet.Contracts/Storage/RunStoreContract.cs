using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>Runs are created, found and listed; what <see cref="IRunStore"/> promises of reading.</summary>
public abstract class RunStoreContract : RunSuite
{
    [Fact]
    public async Task A_run_is_read_back_as_it_was_created()
    {
        var run = Runs.Pending("r-1") with { Parent = "r-0", Created = Runs.Noon.AddTicks(7), Reasons = [new Reason { Code = "new", Sentence = "It is new.", Object = "run r-1", Limit = "1" }] };

        await Store.CreateAsync(run, None);

        var stored = (await Store.GetAsync("r-1", None)).ShouldNotBeNull();
        stored.Reasons.ShouldBe(run.Reasons);
        (stored with { Reasons = [] }).ShouldBe(run with { Reasons = [] });
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_null() => (await Store.GetAsync("r-9", None)).ShouldBeNull();

    [Fact]
    public async Task A_second_run_of_the_same_id_is_refused_and_changes_nothing()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        await Should.ThrowAsync<InvalidOperationException>(() => Store.CreateAsync(Runs.Pending("r-1", "other"), None));

        (await Store.GetAsync("r-1", None))!.Cluster.ShouldBe("prod");
    }

    [Fact]
    public async Task A_pool_has_one_run_at_a_time()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);

        (await Should.ThrowAsync<RunUnderWayException>(() => Store.CreateAsync(Runs.Pending("r-2"), None))).Run.Id.ShouldBe("r-1");
        await Store.CreateAsync(Runs.Pending("r-3", pool: "others"), None);
        await Store.CreateAsync(Runs.Pending("r-4", "test"), None);

        var lease = await AcquireAsync("r-1", "me", Runs.Noon);
        await Store.CommitAsync(Runs.Commit(Runs.Pending("r-1") with { Phase = RunPhase.Cancelled }, lease.Fencing), None);
        await Store.CreateAsync(Runs.Pending("r-2"), None);
        (await Ids("prod", null, true)).ShouldBe(["r-3", "r-2"]);
    }

    [Fact]
    public async Task A_new_run_must_be_pending_at_version_0()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.CreateAsync(Runs.Pending("r-1") with { Phase = RunPhase.Running }, None));
        await Should.ThrowAsync<ArgumentException>(() => Store.CreateAsync(Runs.Pending("r-1") with { Version = 1 }, None));
        (await Store.GetAsync("r-1", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Runs_are_listed_newest_first()
    {
        // Byte by byte: people would sort R before s, and a- with ab.
        foreach (var id in new[] { "r-2", "R-9", "r-1", "r1", "r-3" })
        {
            await Store.CreateAsync(Runs.Pending(id, pool: id), None);
        }

        (await Ids(null, null, false)).ShouldBe(["r1", "r-3", "r-2", "r-1", "R-9"]);
    }

    [Fact]
    public async Task Runs_are_listed_by_cluster_and_pool()
    {
        await Store.CreateAsync(Runs.Pending("r-1", "a", "x"), None);
        await Store.CreateAsync(Runs.Pending("r-2", "a", "y"), None);
        await Store.CreateAsync(Runs.Pending("r-3", "b", "x"), None);
        await Store.CreateAsync(Runs.Pending("r-4", "b", null), None);

        (await Ids("a", null, false)).ShouldBe(["r-2", "r-1"]);
        (await Ids("a", "x", false)).ShouldBe(["r-1"]);
        (await Ids(null, "x", false)).ShouldBe(["r-3", "r-1"]);
        (await Ids("c", null, false)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(RunPhase.Running, true)]
    [InlineData(RunPhase.Waiting, true)]
    [InlineData(RunPhase.Paused, true)]
    [InlineData(RunPhase.Stopped, true)]
    [InlineData(RunPhase.Succeeded, false)]
    [InlineData(RunPhase.Failed, false)]
    [InlineData(RunPhase.Cancelled, false)]
    public async Task Only_runs_in_a_final_phase_count_as_finished(RunPhase phase, bool listed)
    {
        var run = Runs.Pending("r-1");
        await Store.CreateAsync(run, None);
        var lease = await AcquireAsync("r-1", "me", Runs.Noon);
        await Store.CommitAsync(Runs.Commit(run with { Phase = phase }, lease.Fencing), None);

        (await Ids(null, null, true)).Contains("r-1").ShouldBe(listed);
    }

    [Fact]
    public async Task A_run_without_journal_or_ledger_has_empty_ones()
    {
        (await Store.JournalAsync("r-1", 0, None)).ShouldBeEmpty();
        (await Store.LedgerAsync("r-1", None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Should.ThrowAsync<OperationCanceledException>(() => Store.CreateAsync(Runs.Pending("r-1"), cancelled));

        (await Store.GetAsync("r-1", None)).ShouldBeNull();
    }

    private async Task<IEnumerable<string>> Ids(string? cluster, string? pool, bool unfinishedOnly) =>
        (await Store.ListAsync(cluster, pool, unfinishedOnly, None)).Select(run => run.Id);
}
