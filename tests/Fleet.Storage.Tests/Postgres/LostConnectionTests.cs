using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>The connection is lost while a round is recorded: it counts once, and the driver learns the truth.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();
    private readonly CuttingProxy _proxy = new(PostgresServer.Shared.Port);
    private readonly PostgresStore _driver;
    private readonly PostgresStore _other;

    public LostConnectionTests()
    {
        _driver = new PostgresStore(DatabaseUrl.Parse(_database.UrlAt(_proxy.Port)), new CountedClock());
        _other = new PostgresStore(DatabaseUrl.Parse(_database.Url), new CountedClock { Step = TimeSpan.FromSeconds(1) });
    }

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _driver.Dispose();
        _other.Dispose();
        _proxy.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_counts_once()
    {
        var round = await TestRuns.RoundAsync(_driver);
        _proxy.NextCommit(async commit =>
        {
            await commit.PassOnAsync();
            await commit.Answered;
        });

        (await _driver.CommitAsync(round, None)).Version.ShouldBe(1);

        await RecordedOnceAsync();
    }

    [Fact]
    public async Task A_commit_is_asked_after_until_the_server_is_reached_again()
    {
        var round = await TestRuns.RoundAsync(_driver);
        _proxy.NextCommit(async commit =>
        {
            await commit.PassOnAsync();
            await commit.Answered;
            _proxy.Refused = 3;
        });

        (await _driver.CommitAsync(round, None)).Version.ShouldBe(1);

        _proxy.Refused.ShouldBe(0);
        await RecordedOnceAsync();
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_made_again()
    {
        var round = await TestRuns.RoundAsync(_driver);
        _proxy.NextCommit(_ => Task.CompletedTask);

        (await _driver.CommitAsync(round, None)).Version.ShouldBe(1);

        await RecordedOnceAsync();
    }

    [Fact]
    public async Task A_commit_that_arrives_after_it_was_made_again_finds_its_session_ended()
    {
        var round = await TestRuns.RoundAsync(_driver);
        var again = new TaskCompletionSource();
        var late = new TaskCompletionSource();
        _proxy.NextCommit(async commit =>
        {
            // The server still takes the first session for alive.
            commit.CutClient();
            await again.Task;
            await commit.PassOnAsync();
            late.SetResult();
        });

        (await _driver.CommitAsync(round, None)).Version.ShouldBe(1);
        again.SetResult();
        await late.Task;

        await RecordedOnceAsync();
    }

    [Fact]
    public async Task Who_freezes_in_the_middle_keeps_others_out_for_a_while_only_and_is_refused_when_it_wakes_up()
    {
        var round = await TestRuns.RoundAsync(_driver);
        var frozen = new TaskCompletionSource();
        var thawed = new TaskCompletionSource();
        _proxy.NextCommit(async commit =>
        {
            // Nothing of it reaches the server, no new connection either.
            _proxy.Refused = int.MaxValue;
            frozen.SetResult();
            await thawed.Task;
            _proxy.Refused = 0;
            await commit.PassOnAsync();
        });
        var sleeper = _driver.CommitAsync(round, None);
        await frozen.Task;

        var theirs = await _other.CommitAsync(round with { Run = round.Run with { State = "theirs" } }, None);
        thawed.SetResult();

        theirs.Version.ShouldBe(1);
        await Should.ThrowAsync<RunLostException>(() => sleeper);
        (await _other.GetAsync(TestRuns.Id, None))!.State.ShouldBe("theirs");
        await RecordedOnceAsync();
    }

    private async Task RecordedOnceAsync()
    {
        _proxy.Held.ShouldBe(1);
        (await _other.GetAsync(TestRuns.Id, None))!.Version.ShouldBe(1);
        (await _other.JournalAsync(TestRuns.Id, 0, None)).ShouldHaveSingleItem().Sequence.ShouldBe(1);
        (await _other.LedgerAsync(TestRuns.Id, None)).ShouldHaveSingleItem();
    }
}
