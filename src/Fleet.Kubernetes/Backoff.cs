namespace Fleet.Kubernetes;

/// <summary>Waits between attempts: doubling from a tenth of a second to a greatest wait, each with jitter of its half, by the wall clock.</summary>
/// <param name="wall">The wall clock.</param>
/// <param name="chance">Seeded source of the jitter.</param>
internal sealed class Backoff(TimeProvider wall, Random chance)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Greatest = TimeSpan.FromSeconds(20);

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="attempt">Number of failed attempts so far, from 1.</param>
    /// <param name="least">What the server asked for; null when it did not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task DelayAsync(int attempt, TimeSpan? least, CancellationToken cancellationToken)
    {
        var wait = First * Math.Pow(2, Math.Min(attempt, 10) - 1);
        wait = wait > Greatest ? Greatest : wait;
        double jitter;
        lock (chance)
        {
            jitter = 0.5 + (chance.NextDouble() / 2);
        }

        wait *= jitter;
        return Task.Delay(least is { } asked && asked > wait ? asked + (wait / 2) : wait, wall, cancellationToken);
    }
}
