using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Runs;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations;

/// <summary>
/// Reads the world for a rotation, with as few calls to AWS as its decisions need: the cluster is watched, the groups are read when they may have changed in a way that matters.
/// What it remembers is a cache only; a new process reads it again.
/// </summary>
internal sealed class RotationObserver(RotationPorts ports, RotationMemory memory, TimeProvider time, TimeProvider wall)
{
    /// <summary>How often the pool's lease is renewed.</summary>
    public static readonly TimeSpan LockRenewal = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(3);

    private readonly HashSet<string> _foreign = [];
    private ImmutableArray<ScalingGroup> _groups = [];
    private DateTimeOffset _groupsAt = DateTimeOffset.MinValue;
    private ImmutableDictionary<string, TemplateVersion> _versions = ImmutableDictionary<string, TemplateVersion>.Empty;
    private ImmutableDictionary<string, InstanceFacts> _facts = ImmutableDictionary<string, InstanceFacts>.Empty;
    private ImmutableDictionary<string, ImmutableArray<ScalingActivity>> _activities = ImmutableDictionary<string, ImmutableArray<ScalingActivity>>.Empty;
    private DateTimeOffset _activitiesAt = DateTimeOffset.MinValue;
    private DateTimeOffset _lockedAt = DateTimeOffset.MinValue;
    private string? _lockedBy;

    /// <summary>Reads what a round needs.</summary>
    public async Task<RotationObservation> ObserveAsync(Run run, RotationSpec spec, RotationState state, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await LockAsync(run, spec, cancellationToken).ConfigureAwait(false);
        var view = await ports.Cluster.ViewAsync(cancellationToken).ConfigureAwait(false);
        if (_lockedBy is null)
        {
            if (IsStale(view, now))
            {
                await ReadGroupsAsync(spec, view, cancellationToken).ConfigureAwait(false);
            }

            await ReadActivitiesAsync(state, now, cancellationToken).ConfigureAwait(false);
            await ReadVersionsAsync(state, cancellationToken).ConfigureAwait(false);
            await ReadFactsAsync(state, view, now, cancellationToken).ConfigureAwait(false);
        }

        return new RotationObservation
        {
            Cluster = view,
            Groups = _groups,
            GroupsAt = _groupsAt,
            Versions = _versions,
            Written = memory.Written,
            Facts = _facts,
            Activities = _activities,
            Ledger = ledger,
            Failures = memory.Failures,
            Answered = memory.Answered,
            Hooks = memory.Hooks,
            LockedBy = _lockedBy,
        };
    }

    private bool IsStale(ClusterView view, DateTimeOffset now)
    {
        var age = now - _groupsAt;
        if (_groups.IsDefaultOrEmpty || age >= memory.GroupsMaxAge)
        {
            return true;
        }

        // A node nobody knows yet: an instance of ours may have come up.
        return age >= LeastAge && view.Nodes.Values.Any(node => node.InstanceId is { } id && !_foreign.Contains(id) && !memory.Known.Contains(id));
    }

    private async Task ReadGroupsAsync(RotationSpec spec, ClusterView view, CancellationToken cancellationToken)
    {
        _groups = [.. (await ports.Groups.DescribeAsync(spec.Pool.Groups, cancellationToken).ConfigureAwait(false)).OrderBy(group => spec.Pool.Groups.IndexOf(group.Name))];
        _groupsAt = time.GetUtcNow();
        memory.Known = [.. _groups.SelectMany(group => group.Instances).Select(instance => instance.Id)];
        foreach (var id in view.Nodes.Values.Select(node => node.InstanceId).OfType<string>())
        {
            if (!memory.Known.Contains(id))
            {
                _foreign.Add(id);
            }
        }
    }

    private async Task ReadActivitiesAsync(RotationState state, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var group in _groups)
        {
            var open = state.Groups.GetValueOrDefault(group.Name)?.Pending is { } pending && group.Desired != pending.From && group.Desired != pending.To;
            var missing = group.Instances.Count(instance => instance.InService || instance.Pending) < group.Desired;
            if (open || (missing && now - _activitiesAt > TimeSpan.FromMinutes(2)))
            {
                _activitiesAt = now;
                _activities = _activities.SetItem(group.Name, [.. await ports.Groups.ActivitiesAsync(group.Name, now - TimeSpan.FromMinutes(30), cancellationToken).ConfigureAwait(false)]);
            }
        }
    }

    private async Task ReadVersionsAsync(RotationState state, CancellationToken cancellationToken)
    {
        foreach (var group in _groups)
        {
            if (group.TemplateId is { } template && state.Groups.IsEmpty)
            {
                await ReadVersionAsync(template, group.TemplateVersion ?? "$Default", cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var group in state.Groups.Values.Where(group => !group.Verified))
        {
            await ReadVersionAsync(group.TemplateId, $"{group.SourceVersion}", cancellationToken).ConfigureAwait(false);
            if ((group.TargetVersion ?? memory.Written.GetValueOrDefault(group.TemplateId)) is > 0 and var target)
            {
                await ReadVersionAsync(group.TemplateId, $"{target}", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ReadVersionAsync(string template, string version, CancellationToken cancellationToken)
    {
        var key = $"{template}:{version}";
        if (!_versions.ContainsKey(key) && await ports.Templates.VersionAsync(template, version, cancellationToken).ConfigureAwait(false) is { } found)
        {
            _versions = _versions.SetItem(key, found).SetItem($"{template}:{found.Number}", found);
        }
    }

    private async Task ReadFactsAsync(RotationState state, ClusterView view, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The image is asked once of each instance that is already there; one that Fleet has launched comes from the pinned version.
        var unknown = state.Stage == RotationStage.Preparing
            ? _groups.SelectMany(group => group.Instances).Where(instance => !instance.Leaving && !_facts.ContainsKey(instance.Id)).Select(instance => instance.Id)
            : [];
        var stuck = state.Slots
            .Where(slot => slot.Phase == SlotPhase.Terminating && slot.Node is { } node && view.Nodes.ContainsKey(node) && now - slot.Since > TimeSpan.FromSeconds(90))
            .Where(slot => !_facts.TryGetValue(slot.InstanceId, out var facts) || facts.State != "terminated")
            .Select(slot => slot.InstanceId);
        var asked = unknown.Concat(stuck).Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        foreach (var facts in await ports.Instances.DescribeAsync(asked, cancellationToken).ConfigureAwait(false))
        {
            _facts = _facts.SetItem(facts.Id, facts);
        }
    }

    private async Task LockAsync(Run run, RotationSpec spec, CancellationToken cancellationToken)
    {
        var now = wall.GetUtcNow();
        if (_lockedBy is null && now - _lockedAt < LockRenewal)
        {
            return;
        }

        _lockedBy = await ports.Lock.AcquireAsync(spec.Pool.Name, run.Id, LockDuration, cancellationToken).ConfigureAwait(false);
        _lockedAt = now;
    }
}
