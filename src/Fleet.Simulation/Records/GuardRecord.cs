using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Records;

/// <summary>
/// Scale-in protection from the first change to the last: without it a group that has more instances than it wants takes undrained nodes of its own choice.
/// An instance that has come into service a moment ago may lack it, since it may have been launched before new ones inherited it.
/// </summary>
internal sealed class GuardRecord
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(60);

    /// <summary>No look is fresher than this: what others did within it may not have been seen.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly RecordScope _scope;
    private readonly HashSet<string> _began = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lifted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exposed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _protected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _baredByOthers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _serving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _changedByOthers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _suspended = new(StringComparer.Ordinal);

    internal GuardRecord(RecordScope scope)
    {
        _scope = scope;
        foreach (var instance in scope.Rotation.Groups.SelectMany(scope.World.Cloud.Members))
        {
            Look(instance, DateTimeOffset.MinValue);
        }
    }

    internal void Observe(GroupChange change)
    {
        if (change is not { Before: { } before, After: { } after } || !_scope.Rotation.Groups.Contains(after.Name))
        {
            return;
        }

        if (!_scope.IsFleet(change.Caller))
        {
            if (before.Desired != after.Desired)
            {
                _changedByOthers[after.Name] = _scope.World.Now;
            }

            return;
        }

        var suspended = _suspended.TryGetValue(after.Name, out var known) ? known : _suspended[after.Name] = new(StringComparer.Ordinal);
        suspended.UnionWith(after.Suspended.Keys.Except(before.Suspended.Keys));
        suspended.ExceptWith(before.Suspended.Keys.Except(after.Suspended.Keys));
        if (before.ProtectNew && !after.ProtectNew)
        {
            Lift(after);
        }
        else if (before.ProtectNew == after.ProtectNew && _began.Add(after.Name))
        {
            Begin(after);
        }
    }

    internal void Observe(Instance instance)
    {
        if (instance.Group is not { } name || !_scope.InPool(instance.Id) || !_scope.World.Cloud.Groups.TryGetValue(name, out var group))
        {
            return;
        }

        var was = _protected.Contains(instance.Id);
        Look(instance, _scope.World.Now);
        if (was && instance is { Protected: false, Lifecycle: LifecycleState.InService })
        {
            if (_scope.ByFleet)
            {
                Lift(group);
            }
            else
            {
                _baredByOthers.Add(instance.Id);
            }
        }
    }

    /// <summary>Whether Fleet answers for an instance that its group takes by itself.</summary>
    internal bool Answers(Instance instance) => instance.Group is { } group && _began.Contains(group) && (_lifted.Contains(group) || !Excused(instance));

    /// <summary>Whether the group's instances must be protected now, so that no wish of others takes one undrained.</summary>
    internal bool Holds(Instance instance) => instance.Group is { } group && _began.Contains(group) && !_lifted.Contains(group);

    private bool Excused(Instance instance) =>
        _baredByOthers.Contains(instance.Id) || (_serving.TryGetValue(instance.Id, out var since) ? _scope.World.Now - since < Moment : instance.Lifecycle != LifecycleState.InService);

    private void Begin(AutoScalingGroup group)
    {
        var bare = _scope.World.Cloud.Members(group.Name).Where(instance => instance is { Lifecycle: LifecycleState.InService, Protected: false } && !Excused(instance)).Select(instance => instance.Id).ToList();
        if (bare.Count > 0 || !group.ProtectNew)
        {
            _scope.Violate(SafetyRule.Protection, $"group {group.Name}", $"{group.Name} was changed before its instances were protected from scale-in: {(bare.Count > 0 ? string.Join(", ", bare.Take(3)) : "new ones do not inherit it")}");
        }
    }

    private void Lift(AutoScalingGroup group)
    {
        if (_lifted.Add(group.Name) && _suspended.TryGetValue(group.Name, out var left) && left.Count > 0)
        {
            _scope.Violate(SafetyRule.Protection, $"group {group.Name}", $"protection of {group.Name} was lifted while {string.Join(", ", left)} is still suspended by Fleet: it is lifted last");
        }

        var surplus = _scope.World.Cloud.Members(group.Name).Count(instance => instance.Counts) - group.Desired;
        if (surplus > 0 && _exposed.Add(group.Name) && !(_changedByOthers.TryGetValue(group.Name, out var changed) && _scope.World.Now - changed < Glance))
        {
            _scope.Violate(SafetyRule.Protection, $"group {group.Name}", $"protection of {group.Name} was lifted while it has {surplus} instances more than it wants");
        }
    }

    private void Look(Instance instance, DateTimeOffset now)
    {
        if (instance.Lifecycle == LifecycleState.InService)
        {
            _serving.TryAdd(instance.Id, now);
        }

        _ = instance.Protected ? _protected.Add(instance.Id) : _protected.Remove(instance.Id);
    }
}
