using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="INewsStore"/> promises.</summary>
public abstract class NewsStoreContract
{
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    protected abstract INewsStore News { get; }

    protected abstract IRunStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task News_are_there_when_the_round_that_they_tell_of_is()
    {
        var run = await Store.CreateAsync(Runs.Pending("r-1"), None);
        var lease = await Store.AcquireLeaseAsync("r-1", "me", Hold, Now, None);
        var next = run with { Phase = RunPhase.Stopped, Reasons = [new Reason { Code = "no-room", Sentence = "there is no room", Object = "node a", Node = "a" }] };
        await Should.ThrowAsync<RunLostException>(() => Store.CommitAsync(new RunCommit { Run = next, Fencing = lease.Fencing + 1, News = RunNews.Of(run, next) }, None));
        (await News.NewsAsync(10, None)).ShouldBeEmpty();

        await Store.CommitAsync(new RunCommit { Run = next, Fencing = lease.Fencing, News = RunNews.Of(run, next) }, None);

        var news = (await News.NewsAsync(10, None)).ShouldHaveSingleItem();
        (news.Id, news.Event, news.Run, news.Cluster, news.Pool, news.Phase, news.At).ShouldBe(("r-1/1", RunEvent.Stuck, "r-1", "prod", "workers", RunPhase.Stopped, Runs.Noon));
        news.Reasons.ShouldBe(next.Reasons);
    }

    [Fact]
    public async Task One_of_many_tells_it_and_another_when_that_one_does_not_come_back()
    {
        var id = await StuckAsync();
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => News.ClaimAsync(id, "chat", Hold, Now, None))));
        claims.Count(claim => claim == 1).ShouldBe(1);
        claims.Count(claim => claim is null).ShouldBe(9);
        (await News.ClaimAsync(id, "hook", TimeSpan.Zero, Now, None)).ShouldBe(1, "another recipient's is another's");
        (await News.ClaimAsync(id, "hook", Hold, Now, None)).ShouldBe(2, "the hold is over");

        await News.RetryAsync(id, "chat", TimeSpan.Zero, Now, None);
        (await News.ClaimAsync(id, "chat", Hold, Now, None)).ShouldBe(2);
        await News.RetryAsync(id, "chat", TimeSpan.FromMinutes(1), Now, None);
        (await News.ClaimAsync(id, "chat", Hold, Now, None)).ShouldBeNull("it is not due");
    }

    [Fact]
    public async Task What_is_settled_is_not_told_again_and_goes_when_all_have_heard()
    {
        var id = await StuckAsync();
        await News.ClaimAsync(id, "chat", TimeSpan.Zero, Now, None);
        await News.SettleAsync(id, "chat", None);
        (await News.ClaimAsync(id, "chat", Hold, Now, None)).ShouldBeNull();
        (await News.ForgetAsync(id, ["chat", "hook"], None)).ShouldBeFalse();
        (await News.NewsAsync(10, None)).Count.ShouldBe(1);

        await News.ClaimAsync(id, "hook", TimeSpan.Zero, Now, None);
        await News.SettleAsync(id, "hook", None);

        (await News.ForgetAsync(id, ["chat", "hook"], None)).ShouldBeTrue();
        (await News.NewsAsync(10, None)).ShouldBeEmpty();
        (await News.ClaimAsync(id, "chat", Hold, Now, None)).ShouldBeNull("it is gone");
        (await News.ForgetAsync(id, ["chat", "hook"], None)).ShouldBeFalse("it is gone");
    }

    private async Task<string> StuckAsync()
    {
        var run = await Store.CreateAsync(Runs.Pending("r-1"), None);
        var lease = await Store.AcquireLeaseAsync("r-1", "me", Hold, Now, None);
        var next = run with { Phase = RunPhase.Failed };
        var news = RunNews.Of(run, next)!;
        await Store.CommitAsync(new RunCommit { Run = next, Fencing = lease.Fencing, News = news }, None);
        return news.Id;
    }
}
