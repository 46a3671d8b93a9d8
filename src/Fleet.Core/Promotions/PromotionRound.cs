using System.Collections.Immutable;
using Fleet.Core.Builds;
using Fleet.Core.Promotions.Actions;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>The rooms of one promotion in one process.</summary>
/// <param name="ports">What it reaches outside.</param>
/// <param name="time">Policy time.</param>
public sealed class PromotionRound(PromotionPorts ports, TimeProvider time) : IRunRound
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly PromotionMemory _memory = new();
    private (ImmutableArray<PromotionAction> Actions, PromotionSpec Spec)? _decided;

    private PromotionObserver Observer => field ??= new PromotionObserver(ports, _memory);

    private PromotionExecutor Executor => field ??= new PromotionExecutor(ports, _memory, time);

    /// <inheritdoc/>
    public async Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (spec, state, now) = (BuildJson.Read<PromotionSpec>(run.Spec), BuildJson.Read<PromotionState>(run.State), time.GetUtcNow());
        _decided = null;
        PromotionDecision decision;
        try
        {
            decision = PromotionPlanner.Decide(run, spec, state, ledger, await Observer.ObserveAsync(spec, state, cancellationToken).ConfigureAwait(false), now);
        }
        catch (CloudRefusedException refused)
        {
            // Without sight nothing is decided; what it waits for says what to mend.
            decision = new PromotionDecision { State = state, Phase = run.Phase.To(RunPhase.Waiting), Reasons = [PromotionReasons.Failing(refused.Message)], LookAgain = Retry };
        }

        _decided = (decision.Actions, spec);
        return new RoundPlan
        {
            State = BuildJson.Write(decision.State),
            Phase = decision.Phase,
            Reasons = decision.Reasons,
            Journal = decision.Journal,
            Ledger = decision.Ledger,
            Handled = decision.Handled,
            LookAgain = decision.Phase.IsFinal() ? DateTimeOffset.MaxValue : now + decision.LookAgain,
            Acts = !decision.Actions.IsEmpty,
        };
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken)
    {
        var (actions, spec) = _decided!.Value;
        _decided = null;
        return Executor.MakeAsync(actions, spec, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - time.GetUtcNow();
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left, time, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Run run, CancellationToken cancellationToken) => Task.CompletedTask;
}
