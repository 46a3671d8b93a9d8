using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Records;

/// <summary>What a run leaves behind: at its end every setting of the groups and every mark is as others want it; at rest no version is pinned whose canary has not passed.</summary>
internal sealed class RestoreRecord
{
    private readonly RecordScope _scope;
    private readonly GroupRecord _groups;
    private readonly MarkRecord _marks;
    private readonly ProofRecord _proof;
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    internal RestoreRecord(RecordScope scope, GroupRecord groups, MarkRecord marks, ProofRecord proof)
    {
        (_scope, _groups, _marks, _proof) = (scope, groups, marks, proof);
        foreach (var group in scope.Rotation.Groups)
        {
            if (scope.World.Cloud.Groups.TryGetValue(group, out var known))
            {
                _kept[group] = new Kept { Desired = known.Desired, ProtectsNew = known.ProtectNew };
            }
        }
    }

    internal void Observe(GroupChange change)
    {
        if (change is not { Before: { } before, After: { } after } || !_kept.TryGetValue(after.Name, out var kept))
        {
            return;
        }

        if (!_scope.IsFleet(change.Caller))
        {
            kept.Desired = Math.Max(after.Min, kept.Desired + after.Desired - before.Desired);
            kept.ChangedByOthers = before.Desired != after.Desired ? _scope.World.Now : kept.ChangedByOthers;
            kept.Max = before.Max != after.Max ? null : kept.Max;
            kept.Pinned = (before.TemplateId, before.TemplateVersion) != (after.TemplateId, after.TemplateVersion) ? null : kept.Pinned;
            return;
        }

        if (before.Max != after.Max)
        {
            kept.Max = (kept.Max?.Before ?? before.Max, after.Max);
        }

        foreach (var process in after.Suspended.Keys.Except(before.Suspended.Keys))
        {
            kept.Suspended.Add(process);
        }

        kept.Suspended.IntersectWith(after.Suspended.Keys);
        if (before.TemplateVersion != after.TemplateVersion)
        {
            kept.Pinned = kept.Pinned is { } pinned && pinned.Before == after.TemplateVersion ? null : (kept.Pinned?.Before ?? before.TemplateVersion, after.TemplateVersion);
        }
    }

    internal void Observe(CallRecord call)
    {
        if (call.Verb == "UpdateAutoScalingGroup" && _kept.TryGetValue(call.Subject, out var kept))
        {
            kept.UpdateRefused = call.Error is not null;
        }
    }

    /// <summary>The run rests and may be resumed.</summary>
    internal void Rested()
    {
        foreach (var (name, kept) in _kept)
        {
            var launched = _scope.World.Cloud.Groups.GetValueOrDefault(name)?.TemplateVersion;
            if (kept is { Pinned: { } pinned, UpdateRefused: false } && launched == pinned.Mine && !HasCanaryPassed(name) && IsAnother(name, pinned))
            {
                _scope.Violate(SafetyRule.Restored, $"group {name}", $"{name} goes on launching version {pinned.Mine}, of which no canary has passed, instead of {pinned.Before}");
            }
        }
    }

    /// <summary>The run has ended and nothing of it may be left.</summary>
    internal void Ended()
    {
        Rested();
        foreach (var (name, kept) in _kept)
        {
            if (_scope.World.Cloud.Groups.TryGetValue(name, out var group))
            {
                foreach (var left in Left(group, kept))
                {
                    _scope.Violate(SafetyRule.Restored, $"group {name}", left);
                }
            }
        }

        foreach (var (node, mark) in _marks.Left())
        {
            _scope.Violate(SafetyRule.Restored, $"node {node}", $"node {node} still bears {mark}, which Fleet had set");
        }
    }

    private IEnumerable<string> Left(AutoScalingGroup group, Kept kept)
    {
        var settled = _scope.World.Now - kept.ChangedByOthers > TimeSpan.FromMinutes(1);
        if (kept.Suspended.Count > 0)
        {
            yield return $"{string.Join(", ", kept.Suspended)} of {group.Name}, which Fleet had suspended, is still suspended";
        }

        if (kept.Max is { } max && group.Max == max.Mine && group.Max != max.Before && group.Desired <= max.Before && settled)
        {
            yield return $"max of {group.Name} is still {group.Max}, as Fleet set it; it was {max.Before}";
        }

        if (group.Desired != kept.Desired && settled)
        {
            yield return $"desired of {group.Name} is {group.Desired}; without Fleet it would be {kept.Desired}";
        }

        if (!kept.ProtectsNew)
        {
            if (group.ProtectNew)
            {
                yield return $"new instances of {group.Name} are still protected, as Fleet set it";
            }

            foreach (var instance in _scope.World.Cloud.Members(group.Name).Where(instance => instance is { Protected: true, Lifecycle: LifecycleState.InService } && !_groups.IsProtectedByOthers(instance.Id)))
            {
                yield return $"{instance.Id} of {group.Name} is still protected from scale-in, as Fleet set it";
            }
        }
    }

    /// <summary>Whether an outdated node is gone and a new one has proved itself; a group without instances has nothing to prove it by.</summary>
    private bool HasCanaryPassed(string group) => _groups.HasAnyOutdatedGone && (_proof.OfAnyNew() || !_scope.World.Cloud.Members(group).Any(instance => instance.Counts));

    /// <summary>Whether the pin means other machines than before: <c>$Latest</c> and its number are the same as long as nobody writes a version.</summary>
    private bool IsAnother(string name, (string Before, string Mine) pinned) =>
        _scope.World.Cloud.Groups[name].TemplateId is { } template && _scope.World.Cloud.Templates.GetValueOrDefault(template) is { } known
        && known.Resolve(pinned.Before) != known.Resolve(pinned.Mine);

    private sealed class Kept
    {
        internal int Desired { get; set; }

        internal bool ProtectsNew { get; init; }

        internal DateTimeOffset ChangedByOthers { get; set; } = DateTimeOffset.MinValue;

        internal (int Before, int Mine)? Max { get; set; }

        internal HashSet<string> Suspended { get; } = new(StringComparer.Ordinal);

        internal (string Before, string Mine)? Pinned { get; set; }

        internal bool UpdateRefused { get; set; }
    }
}
