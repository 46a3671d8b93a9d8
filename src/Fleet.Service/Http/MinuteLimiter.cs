using System.Threading.RateLimiting;

namespace Fleet.Service.Http;

/// <summary>
/// So many permits a minute, which come back evenly; as many at once after a minute's rest. As the library's token bucket, but on a clock that is passed in: that one reads the machine's.
/// </summary>
/// <param name="limit">Permits a minute, at least 1.</param>
/// <param name="clock">What time passes on.</param>
internal sealed class MinuteLimiter(int limit, TimeProvider clock) : RateLimiter
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _cost = TimeSpan.FromTicks(Minute.Ticks / limit);
    private readonly long _began = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _whole;
    private long _granted;
    private long _refused;

    /// <summary>How long all permits have been there, after which nothing is lost by forgetting this; null while some are missing.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                var rested = Now - _whole;
                return rested < TimeSpan.Zero ? null : rested;
            }
        }
    }

    private TimeSpan Now => clock.GetElapsedTime(_began);

    /// <inheritdoc/>
    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            var missing = Math.Max(0, (_whole - Now) / _cost);
            return new RateLimiterStatistics { CurrentAvailablePermits = limit - (long)Math.Ceiling(missing), TotalSuccessfulLeases = _granted, TotalFailedLeases = _refused };
        }
    }

    /// <summary>Every permit moves the moment at which all are back; what would move it further than a minute away is refused until it would not.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            var now = Now;
            var whole = (_whole > now ? _whole : now) + (permitCount * _cost);
            if (whole - now > Minute)
            {
                _refused++;
                return new Lease(whole - now - Minute);
            }

            _whole = whole;
            _granted++;
            return new Lease(null);
        }
    }

    /// <summary>Nobody waits in a queue: what cannot be had at once is refused.</summary>
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => ValueTask.FromResult(AttemptAcquireCore(permitCount));

    /// <param name="after">When what was refused may be asked for again; null: it was granted.</param>
    private sealed class Lease(TimeSpan? after) : RateLimitLease
    {
        public override bool IsAcquired => after is null;

        public override IEnumerable<string> MetadataNames => after is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? after : null;
            return metadata is not null;
        }
    }
}
