using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>What the server breaks off for a reason that passes is made again, within limits.</summary>
public sealed class RepeatedWriteTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();
    private readonly CountedClock _wall = new();
    private readonly PostgresStore _store;

    public RepeatedWriteTests() => _store = new PostgresStore(DatabaseUrl.Parse(_database.Url), _wall);

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53300")]
    [InlineData("25P03")]
    public async Task A_transaction_that_the_server_breaks_off_is_made_again(string code)
    {
        var round = await TestRuns.RoundAsync(_store);
        BreakOff(code, times: 3);

        (await _store.CommitAsync(round, None)).Version.ShouldBe(1);

        Attempts.ShouldBe(4);
        (await _store.JournalAsync(TestRuns.Id, 0, None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_that_is_always_broken_off_is_given_up_and_leaves_nothing()
    {
        var round = await TestRuns.RoundAsync(_store);
        BreakOff("40001", times: int.MaxValue);
        _wall.Step = TimeSpan.FromSeconds(3);

        var failure = await Should.ThrowAsync<DatabaseUnavailableException>(() => _store.CommitAsync(round, None));

        failure.Message.ShouldContain(_database.Name);
        failure.ToString().ShouldNotContain(PostgresServer.Password);
        Attempts.ShouldBeGreaterThan(1);
        (await _store.GetAsync(TestRuns.Id, None))!.Version.ShouldBe(0);
        (await _store.JournalAsync(TestRuns.Id, 0, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_can_never_succeed_is_not_made_again()
    {
        var round = await TestRuns.RoundAsync(_store);
        BreakOff("22012", times: int.MaxValue);

        await Should.ThrowAsync<DatabaseUnavailableException>(() => _store.CommitAsync(round, None));

        Attempts.ShouldBe(1);
    }

    private long Attempts => _database.Scalar<long>("SELECT last_value FROM attempts");

    /// <summary>Lets the server break off the first writes to the journal; a sequence counts on through what is rolled back.</summary>
    private void BreakOff(string code, int times) => _database.Execute(
        $"""
        CREATE SEQUENCE attempts;
        CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('attempts') <= {times} THEN RAISE EXCEPTION 'broken off' USING ERRCODE = '{code}'; END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER break_off BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION break_off()
        """);
}
