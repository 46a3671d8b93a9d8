using Fleet.Simulation;

namespace Fleet.Aws.Tests;

public sealed class TokenBucketTests
{
    private readonly World _world = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), seed: 1);

    [Fact]
    public void A_full_bucket_gives_its_size_at_once_and_then_one_for_each_refill()
    {
        var bucket = new TokenBucket(size: 3, refill: 2, _world.Clock);
        var taken = Enumerable.Range(0, 7).Select(_ => bucket.TakeAsync(CancellationToken.None)).ToList();

        Done().ShouldBe(3);
        Pass(0.5);
        Done().ShouldBe(4);
        Pass(1.5);
        Done().ShouldBe(7);

        int Done() => taken.Count(task => task.Wait(0));
    }

    [Fact]
    public void What_came_back_never_exceeds_the_size()
    {
        var bucket = new TokenBucket(size: 2, refill: 100, _world.Clock);
        Pass(3600);

        bucket.TakeAsync(CancellationToken.None).IsCompleted.ShouldBeTrue();
        bucket.TakeAsync(CancellationToken.None).IsCompleted.ShouldBeTrue();
        bucket.TakeAsync(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }

    private void Pass(double seconds) => _world.Timeline.RunUntil(_world.Now.AddSeconds(seconds));
}
