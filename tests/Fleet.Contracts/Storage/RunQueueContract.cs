using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>What becomes of a new run whose pool has one, of an order that is repeated, and how runs are paged.</summary>
public abstract class RunQueueContract : RunSuite
{
    [Fact]
    public async Task A_queued_run_waits_for_the_one_before_and_only_one_may_wait()
    {
        await Store.CreateAsync(Runs.Pending("r-2"), None);

        var queued = await Store.CreateAsync(Runs.Pending("r-1"), WhenUnderWay.Queue, None);

        (queued.Turn, queued.Reasons[0].Code, queued.Reasons[0].Object).ShouldBe((1, "queued", "run r-2"));
        (await Store.QueuedBehindAsync(await Stored("r-1"), None))!.Id.ShouldBe("r-2");
        (await Store.QueuedBehindAsync(await Stored("r-2"), None)).ShouldBeNull("ids need not be in the order of the queue");
        var full = await Should.ThrowAsync<RunUnderWayException>(() => Store.CreateAsync(Runs.Pending("r-3"), WhenUnderWay.Queue, None));
        (full.Run.Id, full.Queued!.Id).ShouldBe(("r-2", "r-1"));
        (await Store.GetAsync("r-3", None)).ShouldBeNull();

        await EndAsync("r-2");
        (await Store.QueuedBehindAsync(await Stored("r-1"), None)).ShouldBeNull();
        (await Stored("r-2")).Request.ShouldBe(RunRequest.None, "who queues lets the other finish");
    }

    [Fact]
    public async Task A_run_that_supersedes_has_all_before_it_cancelled_and_waits_for_them()
    {
        await Store.CreateAsync(Runs.Pending("r-1"), None);
        await Store.CreateAsync(Runs.Pending("r-2"), WhenUnderWay.Queue, None);
        await Store.CreateAsync(Runs.Pending("r-9", pool: "others"), None);

        await Store.CreateAsync(Runs.Pending("r-3"), WhenUnderWay.Supersede, None);

        foreach (var (id, request) in new[] { ("r-1", RunRequest.Cancel), ("r-2", RunRequest.Cancel), ("r-3", RunRequest.None), ("r-9", RunRequest.None) })
        {
            (await Stored(id)).Request.ShouldBe(request, id);
        }

        await EndAsync("r-1");
        (await Store.QueuedBehindAsync(await Stored("r-3"), None))!.Id.ShouldBe("r-2", "one that is not cancelled yet could still begin");
        await EndAsync("r-2");
        (await Store.QueuedBehindAsync(await Stored("r-3"), None)).ShouldBeNull();
    }

    [Theory]
    [InlineData(WhenUnderWay.Queue)]
    [InlineData(WhenUnderWay.Supersede)]
    public async Task A_run_of_a_pool_without_one_need_not_wait(WhenUnderWay whenUnderWay)
    {
        var created = await Store.CreateAsync(Runs.Pending("r-1"), whenUnderWay, None);

        (created.Turn, created.Reasons.Length).ShouldBe((0, 0));
        (await Store.CreateAsync(Runs.Pending("r-2", pool: null), None)).Turn.ShouldBe(0);
        (await Store.CreateAsync(Runs.Pending("r-3", pool: null), None)).Turn.ShouldBe(0);
    }

    [Fact]
    public async Task A_repeated_order_finds_its_first_run_also_when_that_has_ended()
    {
        var order = Runs.Pending("r-1") with { Key = "nightly", OrderDigest = "a" };
        await Store.CreateAsync(order, None);

        (await Store.CreateAsync(order with { Id = "r-2" }, WhenUnderWay.Supersede, None)).Id.ShouldBe("r-1");
        (await Stored("r-1")).ShouldBe(order with { Reasons = (await Stored("r-1")).Reasons }, "a repeated order supersedes nothing");
        await EndAsync("r-1");
        (await Store.CreateAsync(order with { Id = "r-2" }, None)).Phase.ShouldBe(RunPhase.Cancelled);
        (await Store.GetAsync("r-2", None)).ShouldBeNull();
        await Store.CreateAsync(Runs.Pending("r-3"), None);
    }

    [Fact]
    public async Task A_key_that_belongs_to_another_order_is_refused()
    {
        await Store.CreateAsync(Runs.Pending("r-1") with { Key = "nightly", OrderDigest = "a" }, None);

        var reused = await Should.ThrowAsync<RunKeyReusedException>(() => Store.CreateAsync(Runs.Pending("r-2", "other") with { Key = "nightly", OrderDigest = "b" }, None));

        reused.Run.Id.ShouldBe("r-1");
        (await Store.GetAsync("r-2", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_is_apart_from_another_callers_and_one_from_before_starters_were_kept_is_everybodys()
    {
        var order = Runs.Pending("r-1") with { Key = "nightly", OrderDigest = "a", StartedBy = "ada" };
        await Store.CreateAsync(order, None);
        await Store.CreateAsync(order with { Id = "r-2", Pool = "other", StartedBy = "ben", OrderDigest = "b" }, None);
        await Store.CreateAsync(order with { Id = "r-3", Pool = "third", StartedBy = null, Key = "old" }, None);

        (await Store.CreateAsync(order with { Id = "r-4" }, None)).Id.ShouldBe("r-1");
        (await Store.FindByKeyAsync("nightly", "ben", None))!.Id.ShouldBe("r-2");
        (await Store.FindByKeyAsync("nightly", "eve", None)).ShouldBeNull();
        (await Store.FindByKeyAsync("nightly", null, None)).ShouldBeNull();
        (await Store.CreateAsync(order with { Id = "r-5", Key = "old" }, None)).Id.ShouldBe("r-3");
        (await Page(new() { StartedBy = "ben" }, 9)).ShouldBe(["r-2"]);
        (await Stored("r-2")).StartedBy.ShouldBe("ben");
    }

    [Fact]
    public async Task Runs_are_paged_newest_first_by_what_a_filter_asks_for()
    {
        foreach (var (id, cluster, pool, kind) in new[] { ("r-1", "a", "x", "rotation"), ("r-2", "a", "y", "rotation"), ("r-3", "b", "x", "upgrade"), ("r-4", "b", "y", "rotation") })
        {
            await Store.CreateAsync(Runs.Pending(id, cluster, pool) with { Kind = kind, Key = $"key-{id}" }, None);
        }

        await EndAsync("r-2");

        (await Page(new(), 2)).ShouldBe(["r-4", "r-3"]);
        (await Page(new() { OlderThan = "r-3" }, 2)).ShouldBe(["r-2", "r-1"]);
        (await Page(new() { Cluster = "a" }, 9)).ShouldBe(["r-2", "r-1"]);
        (await Page(new() { Cluster = "a", Pool = "x" }, 9)).ShouldBe(["r-1"]);
        (await Page(new() { Kind = "upgrade" }, 9)).ShouldBe(["r-3"]);
        (await Page(new() { Key = "key-r-4" }, 9)).ShouldBe(["r-4"]);
        (await Page(new() { Phases = [RunPhase.Cancelled, RunPhase.Failed] }, 9)).ShouldBe(["r-2"]);
        (await Page(new() { Phases = [RunPhase.Pending], OlderThan = "r-4" }, 1)).ShouldBe(["r-3"]);
    }

    [Fact]
    public async Task The_journals_of_runs_that_ended_long_ago_are_removed_and_say_so()
    {
        foreach (var id in new[] { "r-1", "r-2", "r-3" })
        {
            await Store.CreateAsync(Runs.Pending(id, pool: id), None);
            var lease = await AcquireAsync(id, "me", Runs.Noon);
            var ended = id == "r-3" ? RunPhase.Stopped : RunPhase.Cancelled;
            var updated = Runs.Noon.AddDays(id == "r-2" ? 9 : 0);
            await Store.CommitAsync(Runs.Commit(await Stored(id) with { Phase = ended, Updated = updated }, lease.Fencing) with { Journal = [Runs.Line("one"), Runs.Line("two")] }, None);
        }

        (await Store.ForgetJournalsAsync(Runs.Noon.AddDays(1), Runs.Noon.AddDays(10), 10, None)).ShouldBe(1, "one is too young, and one has not ended");
        (await Store.ForgetJournalsAsync(Runs.Noon.AddDays(1), Runs.Noon.AddDays(10), 10, None)).ShouldBe(0);

        var line = (await Store.JournalAsync("r-1", 0, None)).ShouldHaveSingleItem();
        (line.Sequence, line.Kind).ShouldBe((3, "retention"));
        line.Message.ShouldContain("2 lines");
        (await Store.JournalAsync("r-1", 2, None)).ShouldHaveSingleItem();
        (await Store.JournalAsync("r-1", 3, None)).ShouldBeEmpty();
        (await Stored("r-1")).Phase.ShouldBe(RunPhase.Cancelled);
        foreach (var kept in new[] { "r-2", "r-3" })
        {
            (await Store.JournalAsync(kept, 0, None)).Select(entry => entry.Message).ShouldBe(["one", "two"]);
        }
    }

    private async Task<IEnumerable<string>> Page(RunFilter filter, int limit) => (await Store.PageAsync(filter, limit, None)).Select(run => run.Id);

    private async Task<Run> Stored(string id) => (await Store.GetAsync(id, None))!;

    private async Task EndAsync(string id)
    {
        var lease = await AcquireAsync(id, "me", Runs.Noon);
        await Store.CommitAsync(Runs.Commit(await Stored(id) with { Phase = RunPhase.Cancelled }, lease.Fencing), None);
    }
}
