using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>
/// The rooms of one sweep in one process. It looks beside the rounds, since a look at many accounts takes longer than a lease, and then takes one version a round: what it will do is recorded before, what came of it after. Whoever drives on after a crash looks anew.
/// </summary>
/// <param name="observer">Looks.</param>
/// <param name="executor">Takes the steps.</param>
/// <param name="time">Policy time.</param>
/// <param name="wall">The wall clock.</param>
public sealed class SweepRound(SweepObserver observer, SweepExecutor executor, TimeProvider time, TimeProvider wall) : IRunRound, IAsyncDisposable
{
    /// <summary>A look that takes longer goes on while the lease is renewed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _left = new();
    private Task<SweepObservation>? _looking;
    private SweepLook? _look;
    private ImageVerdict? _next;
    private SweepOutcome? _outcome;

    /// <inheritdoc/>
    public async Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var turn = new SweepTurn(run, SweepJson.Read<SweepState>(run.State), time.GetUtcNow());
        (_outcome, _next) = (turn.Hear(_outcome), null);
        if (run.Request != RunRequest.None)
        {
            return turn.Asked();
        }

        if (await LookAsync(cancellationToken).ConfigureAwait(false) is not { } look)
        {
            return turn.Wait(Soon);
        }

        _next = look.Next(turn.State);
        if (_next is not null && !SweepExecutor.IsFresh(_next.Step, look.At, time.GetUtcNow()))
        {
            (_look, _next) = (null, null);
            return turn.Wait(TimeSpan.Zero);
        }

        return _next is null ? turn.End(look) : turn.Go(_next);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken)
    {
        try
        {
            _outcome = await executor.DoAsync(_next!, _look!.Seen, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The lease is over, or the process stops. What was done of the step is seen by the next look.
            _look = null;
        }

        return [];
    }

    /// <inheritdoc/>
    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([Task.Delay(left, time, enough.Token), .. _looking is { } looking ? [looking] : (Task[])[]]).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Run run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync().ConfigureAwait(false);
        if (_looking is { } looking)
        {
            await Task.WhenAny(looking).ConfigureAwait(false);
        }

        _left.Dispose();
    }

    /// <summary>The look; null while it is under way.</summary>
    private async Task<SweepLook?> LookAsync(CancellationToken cancellationToken)
    {
        if (_look is not null)
        {
            return _look;
        }

        var looking = _looking ??= observer.ObserveAsync(_left.Token);
        using var waits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(looking, Task.Delay(Patience, wall, waits.Token)).ConfigureAwait(false);
        await waits.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!looking.IsCompleted)
        {
            return null;
        }

        // A look that failed is made anew.
        _looking = null;
        return _look = SweepLook.Of(await looking.ConfigureAwait(false), time.GetUtcNow());
    }
}
