namespace Fleet.Aws;

/// <summary>A token bucket as AWS has them (Request throttling for the Amazon EC2 API): a size, a refill a second, one token a call. Calls wait in the order in which they come.</summary>
/// <param name="size">Tokens at most.</param>
/// <param name="refill">Tokens that come back a second.</param>
/// <param name="clock">The clock by which they come back.</param>
internal sealed class TokenBucket(double size, double refill, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _spent;
    private DateTimeOffset _at = clock.GetUtcNow();

    /// <summary>Takes a token, waiting until there is one.</summary>
    public Task TakeAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            _spent = Math.Max(0, _spent - (refill * Math.Max(0, (now - _at).TotalSeconds))) + 1;
            _at = now;
            wait = _spent <= size ? TimeSpan.Zero : TimeSpan.FromSeconds((_spent - size) / refill);
        }

        return wait == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, clock, cancellationToken);
    }
}
