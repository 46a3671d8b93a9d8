using System.Threading.RateLimiting;
using Fleet.Service.Http;

namespace Fleet.Service.Tests.Limits;

public sealed class MinuteLimiterTests : IDisposable
{
    private readonly HeldStopwatch _clock = new();
    private readonly MinuteLimiter _limiter;

    public MinuteLimiterTests() => _limiter = new MinuteLimiter(6, _clock);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public void Permits_come_back_evenly_and_never_more_than_a_minutes()
    {
        Granted().ShouldBe(6);
        _clock.Pass(TimeSpan.FromSeconds(10));
        Granted().ShouldBe(1);
        _clock.Pass(TimeSpan.FromSeconds(29));
        Granted().ShouldBe(2);
        _clock.Pass(TimeSpan.FromSeconds(1));
        Granted().ShouldBe(1, "the rest of a permit is kept");
        _clock.Pass(TimeSpan.FromHours(1));
        Granted().ShouldBe(6);
    }

    [Fact]
    public void Who_is_refused_hears_when_to_come_back()
    {
        Ask(6).IsAcquired.ShouldBeTrue();
        var refused = Ask(3);
        refused.IsAcquired.ShouldBeFalse();
        refused.TryGetMetadata(MetadataName.RetryAfter, out var after).ShouldBeTrue();
        after.ShouldBe(TimeSpan.FromSeconds(30));
        _clock.Pass(after);
        Ask(3).IsAcquired.ShouldBeTrue();
        Ask(1).IsAcquired.ShouldBeFalse();
    }

    [Fact]
    public void It_rests_from_when_all_permits_are_back()
    {
        _limiter.IdleDuration.ShouldBe(TimeSpan.Zero);
        Ask(3);
        _clock.Pass(TimeSpan.FromSeconds(29));
        _limiter.IdleDuration.ShouldBeNull();
        _clock.Pass(TimeSpan.FromSeconds(11));
        _limiter.IdleDuration.ShouldBe(TimeSpan.FromSeconds(10));
        _limiter.GetStatistics()!.CurrentAvailablePermits.ShouldBe(6);
    }

    private int Granted()
    {
        var granted = 0;
        while (Ask(1).IsAcquired)
        {
            granted++;
        }

        return granted;
    }

    private RateLimitLease Ask(int permits) => _limiter.AttemptAcquire(permits);
}
