using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;
using Fleet.Core.Telemetry;

namespace Fleet.Core.Rotations;

/// <summary>Makes the calls that were decided: one verb each, "already so" is success, several lanes at a time, in order within a lane. Decides nothing.</summary>
internal sealed class RotationExecutor(RotationPorts ports, RotationMemory memory, TimeProvider time, Random chance, int parallel)
{
    private readonly Lock _gate = new();
    private Run? _run;
    private RotationSpec? _spec;
    private Safeguards _safeguards = Safeguards.All;

    public void Context(Run run, RotationSpec spec, Safeguards safeguards) => (_run, _spec, _safeguards) = (run, spec, safeguards);

    public async Task<IReadOnlyList<JournalEntry>> MakeAsync(ImmutableArray<RotationAction> actions, CancellationToken cancellationToken)
    {
        var answers = new List<JournalEntry>();
        using var places = new SemaphoreSlim(parallel);
        var lanes = actions.GroupBy(action => action.Lane).Select(lane => LaneAsync([.. lane], places, answers, cancellationToken));
        await Task.WhenAll(lanes).ConfigureAwait(false);
        return answers;
    }

    private async Task LaneAsync(IReadOnlyList<RotationAction> lane, SemaphoreSlim places, List<JournalEntry> answers, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var action in lane)
            {
                var failure = await TryAsync(action, answers, cancellationToken).ConfigureAwait(false);
                Remember(action, failure, answers);
                if (failure is not null)
                {
                    // What follows in the lane may stand on it.
                    return;
                }
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<ActionFailure?> TryAsync(RotationAction action, List<JournalEntry> answers, CancellationToken cancellationToken)
    {
        try
        {
            return await MakeAsync(action, answers, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudRefusedException refused)
        {
            return Refused(action, refused);
        }
        catch (HookFailedException failed)
        {
            return Failure(action, failed.Code, failed.Message, failed.Code == HookFailedException.Unknown, null);
        }
        catch (ClusterUnreachableException unreachable)
        {
            return Failure(action, unreachable.Code, unreachable.Message, unreachable.Code is "forbidden" or "unauthorized", null);
        }
    }

    private async Task<ActionFailure?> MakeAsync(RotationAction action, List<JournalEntry> answers, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case EvictPod evict:
                var answer = await ports.Evictions.EvictAsync(evict.Pod, cancellationToken).ConfigureAwait(false);
                FleetMetrics.Evictions.Add(1, new("cluster", _run!.Cluster), new("pool", _run.Pool), new("outcome", Labels.Name(answer.Outcome)));
                return Read(action, answer);
            case ForceDeletePod delete:
                return Read(action, await ports.Evictions.DeleteAsync(delete.Pod, cancellationToken).ConfigureAwait(false));
            case RaiseDesired raise:
                return await RaiseAsync(raise, cancellationToken).ConfigureAwait(false);
            case RaiseMax raise:
                return await RaiseAsync(raise, cancellationToken).ConfigureAwait(false);
            case RestoreMax restore:
                return await RestoreAsync(restore, cancellationToken).ConfigureAwait(false);
            case CreateTemplateVersion create:
                var version = await ports.Templates.CreateVersionAsync(create.TemplateId, create.SourceVersion, create.Changes, create.Description, create.ClientToken, cancellationToken).ConfigureAwait(false);
                lock (_gate)
                {
                    memory.Written = memory.Written.SetItem(create.TemplateId, version.Number);
                }

                return null;
            case ReadHook read:
                await ReadAsync(read.Hook, cancellationToken).ConfigureAwait(false);
                return null;
            case WriteHook write:
                return await WriteAsync(write, cancellationToken).ConfigureAwait(false);
            case CaptureEvidence evidence:
                await EvidenceAsync(evidence, answers, cancellationToken).ConfigureAwait(false);
                return null;
            case RememberLastGood remember:
                await ports.Inventory.PutStatusAsync(_spec!.Pool.Cluster, _spec.Pool.Name, new PoolStatus { LastGood = remember.Versions }, cancellationToken).ConfigureAwait(false);
                return null;
            default:
                await PlainAsync(action, cancellationToken).ConfigureAwait(false);
                return null;
        }
    }

    private Task PlainAsync(RotationAction action, CancellationToken cancellationToken) => action switch
    {
        ProtectInstances protect => ports.Groups.ProtectAsync(protect.Group, protect.Instances, protect.Value, cancellationToken),
        SetNewInstancesProtected inherit => ports.Groups.SetNewInstancesProtectedAsync(inherit.Group, inherit.Value, cancellationToken),
        SetSuspended { Suspend: true } suspend => ports.Groups.SuspendAsync(suspend.Group, suspend.Process, cancellationToken),
        SetSuspended resume => ports.Groups.ResumeAsync(resume.Group, resume.Process, cancellationToken),
        PinTemplate pin => ports.Groups.PinTemplateAsync(pin.Group, pin.TemplateId, pin.Version, cancellationToken),
        TerminateInstance terminate => ports.Groups.TerminateAsync(terminate.InstanceId, terminate.Decrement, cancellationToken),
        SetExcluded exclude => ports.Nodes.SetMetadataAsync(exclude.Node, exclude.Uid, One(FleetMarks.ExcludeFromLoadBalancers, exclude.Present ? "" : null), One(FleetMarks.Run, exclude.Present || exclude.KeepRunMark ? _run!.Id : null), cancellationToken),
        SetCordon cordon => ports.Nodes.SetUnschedulableAsync(cordon.Node, cordon.Uid, cordon.Present, cancellationToken),
        SetSoftMarks marks => MarkAsync(marks, cancellationToken),
        DeleteNode delete => ports.Nodes.DeleteAsync(delete.Node, delete.Uid, cancellationToken),
        _ => throw new InvalidOperationException($"unknown action {action.GetType().Name}"),
    };

    /// <summary>Annotations first, the taint last: its presence or absence is what tells that the marks are all there or all gone.</summary>
    private async Task MarkAsync(SetSoftMarks marks, CancellationToken cancellationToken)
    {
        var annotations = One(FleetMarks.Run, marks.Present ? _run!.Id : null);
        if (marks.WithScaleDownDisabled)
        {
            annotations[FleetMarks.ScaleDownDisabled] = marks.Present ? "true" : null;
        }

        await ports.Nodes.SetMetadataAsync(marks.Node, marks.Uid, new Dictionary<string, string?>(), annotations, cancellationToken).ConfigureAwait(false);
        await ports.Nodes.SetTaintAsync(marks.Node, marks.Uid, FleetMarks.Outdated, marks.Present, cancellationToken).ConfigureAwait(false);
    }

    private Task<ActionFailure?> RaiseAsync(RaiseDesired raise, CancellationToken cancellationToken) => FreshAsync(
        raise,
        raise.Group,
        group => group?.Desired != raise.From && _safeguards.Keep(Safeguard.FreshDesired) ? $"desired is {group?.Desired}, no longer {raise.From}" : null,
        () => ports.Groups.SetDesiredAsync(raise.Group, raise.To, cancellationToken),
        cancellationToken);

    private Task<ActionFailure?> RaiseAsync(RaiseMax raise, CancellationToken cancellationToken) => FreshAsync(
        raise,
        raise.Group,
        group => group?.Max != raise.From && _safeguards.Keep(Safeguard.FreshMax) ? $"max is {group?.Max}, no longer {raise.From}" : null,
        () => ports.Groups.SetMaxAsync(raise.Group, raise.To, cancellationToken),
        cancellationToken);

    private Task<ActionFailure?> RestoreAsync(RestoreMax restore, CancellationToken cancellationToken) => FreshAsync(
        restore,
        restore.Group,
        group => group is null || group.Max != restore.Mine || (group.Desired > restore.Before && _safeguards.Keep(Safeguard.MaxFits)) ? $"desired is {group?.Desired} and max {group?.Max}" : null,
        () => ports.Groups.SetMaxAsync(restore.Group, restore.Before, cancellationToken),
        cancellationToken);

    /// <summary>Reads the group right before the write. Where that cannot be done, or finds another value than was decided on, nothing is written, and the answer says so.</summary>
    private async Task<ActionFailure?> FreshAsync(RotationAction action, string name, Func<ScalingGroup?, string?> changed, Func<Task> write, CancellationToken cancellationToken)
    {
        ScalingGroup? group;
        try
        {
            group = await ports.Groups.DescribeAsync([name], cancellationToken).ConfigureAwait(false) is [var found, ..] ? found : null;
        }
        catch (CloudRefusedException refused)
        {
            return Refused(action, refused) with { Made = false };
        }

        if (changed(group) is { } another)
        {
            return Failure(action, ActionFailure.Changed, another, false, TimeSpan.Zero) with { Made = false };
        }

        await write().ConfigureAwait(false);
        return null;
    }

    private async Task<string> ReadAsync(string hook, CancellationToken cancellationToken)
    {
        var value = await ports.Hooks.ReadAsync(Call(hook), cancellationToken).ConfigureAwait(false);
        Keep(values => values.SetItem(hook, value));
        return value;
    }

    /// <summary>Reads right before the write; whatever comes of the write is read before anything is decided on it.</summary>
    private async Task<ActionFailure?> WriteAsync(WriteHook write, CancellationToken cancellationToken)
    {
        if (await ReadAsync(write.Hook, cancellationToken).ConfigureAwait(false) is var now && now != write.From)
        {
            return Failure(write, ActionFailure.Changed, $"the place holds '{now}', no longer '{write.From}'", false, TimeSpan.Zero) with { Made = false };
        }

        Keep(values => values.Remove(write.Hook));
        await ports.Hooks.WriteAsync(Call(write.Hook), write.To, write.From, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private HookCall Call(string hook) => new(hook, _spec!.Pool.Cluster, _spec.Pool.Name, _run!.Id);

    private void Keep(Func<ImmutableDictionary<string, string>, ImmutableDictionary<string, string>> change)
    {
        lock (_gate)
        {
            memory.Hooks = change(memory.Hooks);
        }
    }

    private async Task EvidenceAsync(CaptureEvidence evidence, List<JournalEntry> answers, CancellationToken cancellationToken)
    {
        var output = await EvidenceAsync(async () => await ports.Instances.ConsoleOutputAsync(evidence.InstanceId, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var events = evidence.Node is { } node
            ? await EvidenceAsync(async () => string.Join(" | ", await ports.Nodes.EventsAsync(node, cancellationToken).ConfigureAwait(false))).ConfigureAwait(false)
            : "none";
        lock (_gate)
        {
            answers.Add(new JournalEntry(time.GetUtcNow(), "evidence", evidence.InstanceId, $"console output: {output}"));
            answers.Add(new JournalEntry(time.GetUtcNow(), "evidence", evidence.Node ?? evidence.InstanceId, $"node events: {events}"));
        }
    }

    /// <summary>Evidence is kept as far as it can be had: an instance that never joined is replaced all the same.</summary>
    private static async Task<string> EvidenceAsync(Func<Task<string>> read)
    {
        try
        {
            return await read().ConfigureAwait(false) is { Length: > 0 } found ? found : "none";
        }
        catch (Exception refused) when (refused is CloudRefusedException or ClusterUnreachableException)
        {
            return $"could not be read: {refused.Message}";
        }
    }

    private ActionFailure? Read(RotationAction action, EvictionAnswer answer) => answer.Outcome switch
    {
        EvictionOutcome.Accepted or EvictionOutcome.Gone => null,
        EvictionOutcome.TwoBudgets => Failure(action, "two-budgets", answer.Message, false, TimeSpan.FromMinutes(1)),
        EvictionOutcome.Refused => Failure(action, "refused", answer.Message, false, TimeSpan.FromSeconds(30)),
        EvictionOutcome.Blocked => Failure(action, "blocked", answer.Message, false, answer.RetryAfter ?? TimeSpan.FromSeconds(5)),
        EvictionOutcome.Throttled => Failure(action, "throttled", answer.Message, false, answer.RetryAfter),
        _ => Failure(action, "failed", answer.Message, false, answer.RetryAfter),
    };

    private ActionFailure Refused(RotationAction action, CloudRefusedException refused) =>
        Failure(action, refused.Code, refused.Message, refused.Code is "denied" or "unauthorized" or "invalid" or "not-found", null);

    private ActionFailure Failure(RotationAction action, string code, string message, bool permanent, TimeSpan? delay)
    {
        lock (_gate)
        {
            var tries = memory.Failures.GetValueOrDefault(action.Key)?.Tries + 1 ?? 1;
            var wait = delay ?? TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(tries, 6))));
            return new ActionFailure(code, message, time.GetUtcNow() + (wait * (1 + (chance.NextDouble() / 2))), tries, permanent);
        }
    }

    private void Remember(RotationAction action, ActionFailure? failure, List<JournalEntry> answers)
    {
        lock (_gate)
        {
            if (failure is null)
            {
                memory.Failures = memory.Failures.Remove(action.Key);
                memory.Answered = memory.Answered.Add(action.Key);
                return;
            }

            memory.Failures = memory.Failures.SetItem(action.Key, failure);
            answers.Add(new JournalEntry(time.GetUtcNow(), "answer", action.Lane, $"{action.Key}: {failure.Code}: {failure.Message}"));
        }
    }

    private static Dictionary<string, string?> One(string key, string? value) => new() { [key] = value };
}
