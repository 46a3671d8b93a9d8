using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>A server that goes away as in a power cut, and comes back.</summary>
public sealed class RestartedServerTests : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly PostgresDatabase _database;
    private readonly CuttingProxy _proxy;
    private readonly PostgresStore _store;

    public RestartedServerTests()
    {
        _database = _server.Create();
        _proxy = new CuttingProxy(_server.Port);
        _store = new PostgresStore(DatabaseUrl.Parse(_database.UrlAt(_proxy.Port)), new CountedClock());
    }

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _store.Dispose();
        _proxy.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task A_restart_between_two_rounds_is_not_noticed()
    {
        var round = await TestRuns.RoundAsync(_store);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.GetAsync(TestRuns.Id, None)));

        _server.Control("restart");

        (await _store.CommitAsync(round, None)).Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_round_waits_for_a_server_that_is_away_for_a_moment()
    {
        var round = await TestRuns.RoundAsync(_store);
        _server.Control("stop");

        var recording = _store.CommitAsync(round, None);
        var reading = _store.GetAsync(TestRuns.Id, None);
        _server.Control("start");

        (await recording).Version.ShouldBe(1);
        (await reading)!.Id.ShouldBe(TestRuns.Id);
    }

    [Fact]
    public async Task A_session_with_a_server_that_was_made_a_standby_is_left_for_one_with_its_successor()
    {
        var round = await TestRuns.RoundAsync(_store);
        _server.Execute($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = on");
        _server.Control("restart");
        await _store.GetAsync(TestRuns.Id, None);
        _server.Execute($"ALTER DATABASE {_database.Name} SET default_transaction_read_only = off");

        (await _store.CommitAsync(round, None)).Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_on_its_way_when_the_server_falls_is_said_to_be_in_doubt_and_is_seen_on_the_next_look(bool arrives)
    {
        var round = await TestRuns.RoundAsync(_store);
        _proxy.NextCommit(async commit =>
        {
            if (arrives)
            {
                await commit.PassOnAsync();
                await commit.Answered;
            }

            _server.Control("restart");
        });

        var failure = await Should.ThrowAsync<DatabaseUnavailableException>(() => _store.CommitAsync(round, None));

        failure.Message.ShouldContain("whether the last write was recorded");
        (await _store.GetAsync(TestRuns.Id, None))!.Version.ShouldBe(arrives ? 1 : 0);
        (await _store.JournalAsync(TestRuns.Id, 0, None)).Count.ShouldBe(arrives ? 1 : 0);
    }
}
