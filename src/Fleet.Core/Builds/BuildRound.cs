using System.Collections.Immutable;
using Fleet.Core.Builds.Actions;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>The rooms of one image build in one process. Disposing it ends the builder, which cleans up after itself; whoever drives the run next finds what it could not remove.</summary>
/// <param name="ports">What it reaches outside.</param>
/// <param name="time">Policy time.</param>
/// <param name="wall">The wall clock.</param>
public sealed class BuildRound(BuildPorts ports, TimeProvider time, TimeProvider wall) : IRunRound, IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly BuildMemory _memory = new();
    private ImmutableArray<BuildAction> _intended = [];
    private (Run Run, BuildSpec Spec, BuildState State)? _decided;

    private BuildObserver Observer => field ??= new BuildObserver(ports, _memory, wall);

    private BuildExecutor Executor => field ??= new BuildExecutor(ports, _memory, time);

    /// <inheritdoc/>
    public async Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (spec, state, now) = (BuildJson.Read<BuildSpec>(run.Spec), BuildJson.Read<BuildState>(run.State), time.GetUtcNow());
        try
        {
            var seen = await Observer.ObserveAsync(run, spec, state, cancellationToken).ConfigureAwait(false);
            var decision = BuildPlanner.Decide(run, spec, state, ledger, seen, now);
            (_intended, _decided) = (decision.Actions, (run, spec, decision.State));
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
        catch (CloudRefusedException refused)
        {
            return Blind(run, state, refused, now);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken)
    {
        var (actions, (run, spec, state)) = (_intended, _decided!.Value);
        _intended = [];
        return await Executor.MakeAsync(actions, run, spec, state, cancellationToken).ConfigureAwait(false);
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
        Task[] events = [Task.Delay(left, time, enough.Token), .. _memory.Resolving is { } looking ? [looking] : (Task[])[], .. _memory.Build is { Completion: { IsCompleted: false } building } ? [building] : (Task[])[]];
        await Task.WhenAny(events).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(Run run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_memory.Build is { } build)
        {
            _memory.Build = null;
            await build.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Without sight nothing is decided, unless what is missing is leave to look at all before anything was changed.</summary>
    private RoundPlan Blind(Run run, BuildState state, CloudRefusedException refused, DateTimeOffset now)
    {
        _intended = [];
        var hopeless = state.Stage == BuildStage.Resolving && refused.Code is "denied" or "unauthorized" or "invalid";
        var cancelled = state.Stage == BuildStage.Resolving && run.Request == RunRequest.Cancel;
        var reason = new Reason
        {
            Code = $"blind-{refused.Code}",
            Object = refused.Action,
            Sentence = $"Fleet cannot see the account: {refused.Message}",
            Value = refused.Message,
            Cure = refused.Code is "denied" or "unauthorized" ? "grant what is missing or renew the credentials" : "make it reachable; Fleet looks again by itself",
        };
        return new RoundPlan
        {
            State = BuildJson.Write(state),
            Phase = run.Phase.To(cancelled ? RunPhase.Cancelled : hopeless ? RunPhase.Failed : RunPhase.Waiting),
            Reasons = cancelled ? [] : [reason],
            Journal = cancelled || hopeless ? [new JournalEntry(now, "ended", "run", cancelled ? "cancelled before anything was changed" : "refused before anything was changed")] : [],
            Ledger = [],
            Handled = cancelled ? RunRequest.Cancel : RunRequest.None,
            LookAgain = cancelled || hopeless ? DateTimeOffset.MaxValue : now + Retry,
            Acts = false,
        };
    }
}
