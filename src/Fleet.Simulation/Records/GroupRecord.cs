using System.Collections.Immutable;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Records;

/// <summary>Follows the groups' settings: desired is never written lower, a max that others set neither, and what others had suspended, protected or tagged stays.</summary>
internal sealed class GroupRecord
{
    private readonly RecordScope _scope;
    private readonly ImmutableArray<AutoScalingGroup> _before;
    private readonly HashSet<string> _outdated;
    private readonly HashSet<(string Group, string Process)> _suspended = [];
    private readonly HashSet<string> _ownMax = new(StringComparer.Ordinal);
    private readonly HashSet<string> _protectsNew = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _protectedByOthers = new(StringComparer.Ordinal);

    internal GroupRecord(RecordScope scope)
    {
        _scope = scope;
        _before = [.. Present()];
        var members = _before.SelectMany(group => scope.World.Cloud.Members(group.Name)).Where(instance => instance.Counts).ToList();
        Total = members.Count;
        _outdated = [.. members.Where(scope.IsOutdated).Select(instance => instance.Id)];
        foreach (var instance in members.Where(instance => instance.Protected))
        {
            _protectedByOthers[instance.Id] = true;
        }
    }

    internal int Total { get; }

    /// <summary>Instances that were outdated at the start and are gone.</summary>
    internal int OutdatedGone => _outdated.Count(id => _scope.World.Cloud.Instances.GetValueOrDefault(id) is null or { State: InstanceState.ShuttingDown or InstanceState.Terminated });

    /// <summary>Whether any outdated instance is gone, also one that was launched since, while the former version was pinned again.</summary>
    internal bool HasAnyOutdatedGone =>
        OutdatedGone > 0 || _scope.World.Cloud.Instances.Values.Any(instance => instance.State is InstanceState.ShuttingDown or InstanceState.Terminated && _scope.InPool(instance.Id) && _scope.IsOutdated(instance));

    internal bool IsProtectedByOthers(string instanceId) => _protectedByOthers.GetValueOrDefault(instanceId);

    internal void Observe(GroupChange change)
    {
        if (change is not { Before: { } before, After: { } after } || !_scope.Rotation.Groups.Contains(after.Name))
        {
            return;
        }

        var fleet = _scope.IsFleet(change.Caller);
        var name = $"group {after.Name}";
        if (fleet && after.Desired < before.Desired && _scope.World.Calls.Current?.Verb is "SetDesiredCapacity" or "UpdateAutoScalingGroup")
        {
            _scope.Violate(SafetyRule.Desired, name, $"desired capacity of {after.Name} was written {after.Desired}; it was {before.Desired} right before");
        }

        Max(before, after, fleet);
        foreach (var process in before.Suspended.Keys.Except(after.Suspended.Keys))
        {
            if (!_suspended.Remove((after.Name, process)) && fleet)
            {
                _scope.Violate(SafetyRule.ForeignMark, name, $"process {process} of {after.Name}, which Fleet had not suspended, was resumed by it");
            }
        }

        if (fleet)
        {
            _suspended.UnionWith(after.Suspended.Keys.Except(before.Suspended.Keys).Select(process => (after.Name, process)));
            ProtectNew(before, after);
            foreach (var (key, tag) in before.Tags.Where(tag => !tag.Key.StartsWith("fleet:", StringComparison.Ordinal) && after.Tags.GetValueOrDefault(tag.Key) != tag.Value))
            {
                _scope.Violate(SafetyRule.ForeignMark, name, $"tag {key}={tag.Value} of {after.Name}, which Fleet had not set, was changed or removed by it");
            }
        }
    }

    internal void Observe(Instance instance)
    {
        if (!_scope.InPool(instance.Id) || instance.Lifecycle != LifecycleState.InService)
        {
            return;
        }

        if (!_scope.ByFleet)
        {
            // New instances inherit the group's setting: that is nobody's wish for this instance.
            if (_scope.World.Calls.Current is not null)
            {
                _protectedByOthers[instance.Id] = instance.Protected;
            }
        }
        else if (!instance.Protected && _protectedByOthers.GetValueOrDefault(instance.Id))
        {
            _protectedByOthers[instance.Id] = false;
            _scope.Violate(SafetyRule.ForeignMark, $"instance {instance.Id}", $"the scale-in protection of {instance.Id}, which Fleet had not set, was lifted by it");
        }
    }

    internal NodeFigures Nodes(int minReady) => new(
        Total,
        OutdatedGone,
        Present().SelectMany(group => _scope.World.Cloud.Members(group.Name)).Count(instance => instance.Counts && _scope.IsOutdated(instance)),
        minReady);

    internal GroupFigures Figures()
    {
        var after = Present().ToList();
        return new GroupFigures
        {
            DesiredBefore = _before.Sum(group => group.Desired),
            DesiredAfter = after.Sum(group => group.Desired),
            MaxBefore = _before.Sum(group => group.Max),
            MaxAfter = after.Sum(group => group.Max),
            SuspendedBefore = Suspended(_before),
            SuspendedAfter = Suspended(after),
            ProtectedAfter = after.SelectMany(group => _scope.World.Cloud.Members(group.Name)).Count(instance => instance.Counts && instance.Protected),
            PinnedVersion = string.Join(',', after.Select(group => group.TemplateVersion).Distinct(StringComparer.Ordinal)),
        };
    }

    private void ProtectNew(AutoScalingGroup before, AutoScalingGroup after)
    {
        if (!before.ProtectNew && after.ProtectNew)
        {
            _protectsNew.Add(after.Name);
        }
        else if (before.ProtectNew && !after.ProtectNew && !_protectsNew.Remove(after.Name))
        {
            _scope.Violate(SafetyRule.ForeignMark, $"group {after.Name}", $"the protection of new instances of {after.Name}, which Fleet had not set, was lifted by it");
        }
    }

    private void Max(AutoScalingGroup before, AutoScalingGroup after, bool fleet)
    {
        if (before.Max == after.Max)
        {
            return;
        }

        if (!fleet)
        {
            _ownMax.Remove(after.Name);
            return;
        }

        if (after.Max < before.Max && !_ownMax.Contains(after.Name))
        {
            _scope.Violate(SafetyRule.ForeignMark, $"group {after.Name}", $"max of {after.Name}, which Fleet had not set to {before.Max}, was lowered by it to {after.Max}");
        }

        _ownMax.Add(after.Name);
    }

    private ImmutableArray<string> Suspended(IEnumerable<AutoScalingGroup> groups) =>
        [.. groups.SelectMany(group => group.Suspended.Keys.Select(process => _scope.Rotation.Groups.Length > 1 ? $"{group.Name}/{process}" : process))];

    private IEnumerable<AutoScalingGroup> Present() => _scope.Rotation.Groups.Select(group => _scope.World.Cloud.Groups.GetValueOrDefault(group)).OfType<AutoScalingGroup>();
}
