using System.Collections.Immutable;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// Watches a world while a rotation goes on in it and judges the rotation at every event by what the world did: changes of the cluster, terminations, settings of groups, calls.
/// Attach it before the run; everything that Fleet says of itself is left out.
/// </summary>
public sealed class RotationRecorder : IDisposable
{
    private readonly RecordScope _scope;
    private readonly EvictionRecord _evictions;
    private readonly BudgetRecord _budgets;
    private readonly OwnerRecord _owners;
    private readonly TerminationRecord _terminations;
    private readonly CapacityRecord _capacity;
    private readonly WaitRecord _waits;
    private readonly MarkRecord _marks;
    private readonly GroupRecord _groups;
    private readonly GuardRecord _guard;
    private readonly CanaryRecord _canary;
    private readonly DepartureRecord _departures;
    private readonly LossRecord _losses;
    private readonly CordonRecord _cordons;
    private readonly RoomRecord _room;
    private readonly ProofRecord _proof;
    private readonly RestoreRecord _restore;
    private readonly WindowRecord? _windows;
    private readonly SortedDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _aws;
    private int _kubernetes;

    /// <summary>Begins to record.</summary>
    /// <param name="world">The world as it is before the run.</param>
    /// <param name="rotation">What is watched.</param>
    public RotationRecorder(World world, RecordedRotation rotation)
    {
        lock (world.Gate)
        {
            _scope = new RecordScope(world, rotation);
            _evictions = new EvictionRecord(_scope);
            _budgets = new BudgetRecord(_scope);
            _owners = new OwnerRecord(_scope);
            _guard = new GuardRecord(_scope);
            _terminations = new TerminationRecord(_scope, _budgets, _guard);
            _capacity = new CapacityRecord(_scope);
            _waits = new WaitRecord(_scope);
            _marks = new MarkRecord(_scope);
            _groups = new GroupRecord(_scope);
            _canary = new CanaryRecord(_scope);
            _departures = new DepartureRecord(_scope);
            _losses = new LossRecord(_scope);
            _cordons = new CordonRecord(_scope);
            _room = new RoomRecord(_scope);
            _proof = new ProofRecord(_scope, _capacity);
            _restore = new RestoreRecord(_scope, _groups, _marks, _proof);
            _windows = rotation.Maintenance is { } maintenance ? new WindowRecord(_scope, maintenance) : null;
            world.Cluster.Changed += OnChange;
            world.Cloud.GroupChanged += OnGroup;
            world.Cloud.InstanceChanged += OnInstance;
            world.Cloud.TerminationBegan += OnTermination;
            world.Log.Recorded += OnCall;
        }
    }

    /// <summary>Rules that were broken so far, in order.</summary>
    public IReadOnlyList<Violation> Violations => _scope.Violations;

    /// <summary>Time that any zone's ready, schedulable nodes held less than its floor.</summary>
    public TimeSpan BelowFloor
    {
        get
        {
            lock (_scope.World.Gate)
            {
                _capacity.Finish();
                return _capacity.BelowFloor;
            }
        }
    }

    /// <summary>Fleet's calls by verb (AWS operation, or Kubernetes verb and resource).</summary>
    public IReadOnlyDictionary<string, int> CallsByVerb => _calls;

    /// <summary>The figures as they stand.</summary>
    /// <param name="lowerBound">The bound of the makespan that was computed before the run; null when none was.</param>
    /// <param name="bindingConstraint">The term that binds it.</param>
    public RotationFigures Figures(TimeSpan? lowerBound = null, string? bindingConstraint = null)
    {
        lock (_scope.World.Gate)
        {
            return new RotationFigures
            {
                Nodes = _groups.Nodes(_capacity.MinReady),
                Pods = new PodFigures(_evictions.Moved, _evictions.Evictions, _evictions.MaxPerPod),
                Budgets = new BudgetFigures(_budgets.Total, _budgets.Broken),
                OwnersBelowImplicitBudget = _owners.Below,
                UndrainedTerminations = _terminations.Undrained,
                Group = _groups.Figures(),
                Waits = _waits.Figures(),
                Makespan = new MakespanFigures((_scope.World.Now - _scope.Start).TotalSeconds, lowerBound?.TotalSeconds, bindingConstraint),
                Calls = new CallFigures(_aws, _kubernetes),
            };
        }
    }

    /// <summary>Notes that the run was still under way when it should long have come to rest.</summary>
    /// <param name="why">What it waited for.</param>
    public void NeverEnded(string why)
    {
        lock (_scope.World.Gate)
        {
            _scope.Violate(SafetyRule.Ends, "run", $"the run has not come to rest: {why}");
        }
    }

    /// <summary>Notes that the run is to be given up: what it has changed is put back at any time.</summary>
    public void GivenUp()
    {
        lock (_scope.World.Gate)
        {
            _windows?.GivenUp();
        }
    }

    /// <summary>Notes that Fleet's process died: what it had written down, the next one does later.</summary>
    public void Died()
    {
        lock (_scope.World.Gate)
        {
            _windows?.Died();
        }
    }

    /// <summary>Judges what a run that is paused or has stopped leaves while it rests.</summary>
    public void Rested()
    {
        lock (_scope.World.Gate)
        {
            _restore.Rested();
        }
    }

    /// <summary>Judges what a run that has ended leaves behind.</summary>
    public void Ended()
    {
        lock (_scope.World.Gate)
        {
            _restore.Ended();
        }
    }

    /// <summary>Ends the record; the figures stay as they are but for the time.</summary>
    public void Dispose()
    {
        lock (_scope.World.Gate)
        {
            var world = _scope.World;
            world.Cluster.Changed -= OnChange;
            world.Cloud.GroupChanged -= OnGroup;
            world.Cloud.InstanceChanged -= OnInstance;
            world.Cloud.TerminationBegan -= OnTermination;
            world.Log.Recorded -= OnCall;
        }
    }

    private void OnChange(Change change)
    {
        switch (change.Object)
        {
            case Pod pod:
                OnPod(pod, change);
                break;
            case Node:
                _capacity.Observe(change);
                _marks.Observe(change);
                _canary.Observe(change);
                _departures.Observe(change);
                _room.Observe(change);
                _proof.Observe(change);
                _waits.Observe(change);
                _windows?.Observe(change);
                break;
            case PodDisruptionBudget:
                _waits.Observe(change);
                break;
        }
    }

    private void OnPod(Pod pod, Change change)
    {
        var before = change.Before as Pod;
        if (_scope.ByFleet && before?.Meta.DeletionTimestamp is null && before is not null && (change.Kind == ChangeKind.Deleted || pod.Meta.DeletionTimestamp is not null))
        {
            _budgets.Ended(before);
            _owners.Ended(before);
            _losses.Ended(before);
            _cordons.Ended(before);
        }

        _owners.Observe(pod, before);
        _evictions.Observe(change);
        _waits.Observe(change);
    }

    private void OnGroup(GroupChange change)
    {
        _guard.Observe(change);
        _terminations.Observe(change);
        _restore.Observe(change);
        _capacity.Observe(change);
        _groups.Observe(change);
        _windows?.Observe(change);
    }

    private void OnTermination(InstanceTermination termination)
    {
        _terminations.Observe(termination);
        _canary.Observe(termination);
        _departures.Observe(termination);
    }

    private void OnInstance(Instance instance)
    {
        _scope.Meet(instance);
        _guard.Observe(instance);
        _capacity.Observe(instance);
        _waits.Observe(instance);
        _groups.Observe(instance);
    }

    private void OnCall(CallRecord call)
    {
        if (!_scope.IsFleet(call.Caller))
        {
            return;
        }

        _aws += call.Api == Api.Aws ? 1 : 0;
        _kubernetes += call.Api == Api.Kubernetes ? 1 : 0;
        _calls[call.Verb] = _calls.GetValueOrDefault(call.Verb) + 1;
        _restore.Observe(call);
        _room.Observe(call);
        _proof.Observe(call);
        _evictions.Observe(call);
        _waits.Observe(call);
        _windows?.Observe(call);
    }
}
