using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Schemas;

/// <summary>How a database of another Fleet is taken up, with a run under way.</summary>
public abstract class SchemaContract
{
    private static readonly DateTimeOffset Later = new(2026, 3, 4, 12, 10, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task A_run_under_way_at_the_previous_schema_goes_on_where_it_stands()
    {
        Execute(Text("schema-1.sql"));

        using var store = Open();

        var run = (await store.ListAsync(null, null, unfinishedOnly: true, None)).ShouldHaveSingleItem();
        (run.Id, run.Phase, run.Request, run.Version, run.State).ShouldBe(("r-1", RunPhase.Running, RunRequest.Pause, 7, """{"slot":3}"""));
        (await store.LedgerAsync("r-1", None)).ShouldHaveSingleItem().Status.ShouldBe(LedgerStatus.Open);
        (await store.ClustersAsync(None)).ShouldHaveSingleItem().KubeSystemUid.ShouldBe("uid-1");
        (await store.PoolsAsync("prod", None)).ShouldHaveSingleItem().Groups.ShouldBe(["workers-a"]);
        (await store.StatusAsync("prod", "workers", None)).LastGood["workers-a"].ShouldBe("lt-1:7");
        (await store.LeaseAsync("r-1", None))!.Owner.ShouldBe("driver-old");

        var lease = await store.AcquireLeaseAsync("r-1", "driver-new", TestRuns.LeaseTime, Later, None);
        lease.Fencing.ShouldBe(4);
        await store.CommitAsync(new RunCommit { Run = run, Fencing = lease.Fencing, Journal = [new JournalEntry(Later, "phase", "run", "goes on")] }, None);
        (await store.JournalAsync("r-1", 1, None)).Select(line => line.Sequence).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task A_replica_of_the_previous_schema_goes_on_beside_the_one_that_has_migrated()
    {
        Execute(Text("schema-1.sql"));
        using var store = Open();

        Execute(Text("statements-1.sql"));

        var run = (await store.GetAsync("r-1", None))!;
        (run.Version, run.Phase, run.State).ShouldBe((8, RunPhase.Waiting, """{"slot":4}"""));
        (await store.LedgerAsync("r-1", None)).ShouldHaveSingleItem().Status.ShouldBe(LedgerStatus.Done);
        (await store.JournalAsync("r-1", 0, None)).Count.ShouldBe(3);
        (await store.GetAsync("r-2", None))!.Pool.ShouldBe("batch");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replicas_that_start_at_once_migrate_once(bool empty)
    {
        if (!empty)
        {
            Execute(Text("schema-1.sql"));
        }

        using var start = new Barrier(6);
        var stores = await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Open();
            },
            TaskCreationOptions.LongRunning)));

        foreach (var store in stores)
        {
            (await store.ListAsync(null, null, unfinishedOnly: false, None)).Count.ShouldBe(empty ? 0 : 2);
            store.Dispose();
        }

        Count("SELECT COUNT(*) FROM schema_migrations").ShouldBe(Known);
        Count("SELECT COUNT(DISTINCT number) FROM schema_migrations").ShouldBe(Known);
    }

    [Fact]
    public void A_newer_schema_is_refused_with_both_numbers_and_left_alone()
    {
        Open().Dispose();
        Execute("INSERT INTO schema_migrations (number, name) VALUES (9000, 'future')");

        var refusal = Should.Throw<Exception>(Open);

        Refusal.ShouldBe(refusal.GetType());
        refusal.Message.ShouldContain("schema 9000");
        refusal.Message.ShouldContain($"newer than {Known}");
        Count("SELECT COUNT(*) FROM schema_migrations").ShouldBe(Known + 1);
    }

    /// <summary>How many migrations this Fleet has.</summary>
    private static long Known => typeof(SqlStore).Assembly.GetManifestResourceNames().Length;

    /// <summary>With what a database is refused.</summary>
    protected abstract Type Refusal { get; }

    protected abstract SqlStore Open();

    protected abstract void Execute(string sql);

    protected abstract long Count(string sql);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SchemaContract).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
