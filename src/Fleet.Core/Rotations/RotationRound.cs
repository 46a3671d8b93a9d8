using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Rotations.Planning;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations;

/// <summary>The rooms of one rotation in one process.</summary>
public sealed class RotationRound : IRunRound
{
    /// <summary>Rounds are at least this far apart, so that a burst of changes is one round.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly RotationPorts _ports;
    private readonly TimeProvider _time;
    private readonly RotationMemory _memory = new();
    private readonly RotationObserver _observer;
    private readonly RotationExecutor _executor;
    private ImmutableArray<RotationAction> _intended = [];
    private ClusterView _seen = ClusterView.Empty;
    private RotationSpec? _spec;
    private (RotationState Before, RotationState After)? _decided;

    /// <summary>Makes the rooms.</summary>
    /// <param name="ports">What it reaches outside.</param>
    /// <param name="time">Policy time.</param>
    /// <param name="chance">Seeded source of jitter.</param>
    /// <param name="parallel">Calls under way at a time.</param>
    /// <param name="wall">The wall clock, by which the pool's lease is renewed; null takes policy time.</param>
    public RotationRound(RotationPorts ports, TimeProvider time, Random chance, int parallel = 16, TimeProvider? wall = null)
    {
        _ports = ports;
        _time = time;
        _observer = new RotationObserver(ports, _memory, time, wall ?? time);
        _executor = new RotationExecutor(ports, _memory, time, chance, parallel);
    }

    /// <summary>What it keeps; less than all only in tests.</summary>
    internal Safeguards Safeguards { get; init; } = Safeguards.All;

    /// <inheritdoc/>
    public async Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        _spec ??= RotationJson.Read<RotationSpec>(run.Spec);
        var state = RotationJson.Read<RotationState>(run.State);
        var now = _time.GetUtcNow();
        if (run.Request == RunRequest.Resume)
        {
            // Whoever resumes says that what was refused has been mended.
            _memory.Failures = ImmutableDictionary<string, ActionFailure>.Empty;
            _memory.Hooks = ImmutableDictionary<string, string>.Empty;
        }

        try
        {
            var seen = await _observer.ObserveAsync(run, _spec, state, ledger, cancellationToken).ConfigureAwait(false);
            _seen = seen.Cluster;
            var decision = RotationPlanner.Decide(run, _spec, state, seen, now, Safeguards);
            _intended = decision.Actions;
            _decided = (state, decision.State);
            _memory.GroupsMaxAge = decision.GroupsMaxAge;
            _executor.Context(run, _spec, Safeguards);
            return new RoundPlan
            {
                State = RotationJson.Write(decision.State),
                Phase = decision.Phase,
                Reasons = decision.Reasons,
                Journal = decision.Journal,
                Ledger = decision.Ledger,
                Handled = decision.Handled,
                LookAgain = decision.LookAgain,
                Acts = !decision.Actions.IsEmpty,
            };
        }
        catch (Exception failure) when (failure is ClusterUnreachableException or CloudRefusedException)
        {
            return Blind(run, state, now, failure);
        }
    }

    /// <inheritdoc/>
    public void Recorded()
    {
        if (_decided is var (before, after))
        {
            RotationMeasures.Count(_spec!.Pool.Cluster, _spec.Pool.Name, before, after, _time.GetUtcNow());
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken)
    {
        var actions = _intended;
        _intended = [];
        return _executor.MakeAsync(actions, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        var least = _time.GetUtcNow() + Spacing;
        if (until > least)
        {
            await _ports.Cluster.WaitForChangeAsync(_seen, until, cancellationToken).ConfigureAwait(false);
        }

        if (least - _time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(Run run, CancellationToken cancellationToken)
    {
        _spec ??= RotationJson.Read<RotationSpec>(run.Spec);
        try
        {
            await _ports.Lock.ReleaseAsync(_spec.Pool.Name, run.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (ClusterUnreachableException)
        {
            // The lease runs out by itself; the run's end does not hang on it.
        }
    }

    /// <summary>Without sight nothing is decided; what is under way goes on by itself, inside every budget, and the run looks again.</summary>
    private RoundPlan Blind(Run run, RotationState state, DateTimeOffset now, Exception failure)
    {
        _intended = [];
        _decided = null;
        state = Absence.Forgive(state, now);
        _memory.GroupsMaxAge = TimeSpan.Zero;
        var (code, what) = failure switch
        {
            CloudRefusedException cloud => (cloud.Code, cloud.Action),
            ClusterUnreachableException cluster => (cluster.Code, $"cluster {_spec!.Cluster.Name}"),
            _ => ("unreachable", "the world"),
        };
        var limit = state.Progress is { } progress && now - progress > _spec!.Pool.Rotation.NoProgressTimeout;
        var reason = new Reason
        {
            Code = $"blind-{code}",
            Object = what,
            Sentence = $"Fleet cannot see the world: {failure.Message}",
            Limit = $"noProgressTimeout {_spec!.Pool.Rotation.NoProgressTimeout}",
            Value = failure.Message,
            Cure = code is "denied" or "unauthorized" or "forbidden" ? "grant what is missing or renew the credentials" : "make it reachable; Fleet looks again by itself",
        };
        return new RoundPlan
        {
            State = RotationJson.Write(limit ? state with { Halt = RotationHalt.Stop, HaltReasons = [reason] } : state with { Progress = state.Progress ?? now }),
            Phase = run.Phase.To(limit ? RunPhase.Stopped : run.Phase.Stands() ? run.Phase : RunPhase.Waiting),
            Reasons = [reason],
            Journal = [],
            Ledger = [],
            LookAgain = limit ? DateTimeOffset.MaxValue : now + TimeSpan.FromSeconds(10),
            Acts = false,
        };
    }
}
