using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations.Planning;

/// <summary>What must hold before the first node goes: protection, AZRebalance suspended, a verified template version, the pin, what hooks write. Level-triggered: it is checked again in every round that goes forward.</summary>
internal static class Preparation
{
    /// <summary>Fills the state from the first observation.</summary>
    /// <returns>False when something is missing and the run stops.</returns>
    public static bool Begin(Round round)
    {
        foreach (var group in round.Seen.Groups)
        {
            var named = $"{group.TemplateId}:{group.TemplateVersion ?? "$Default"}";
            if (group.TemplateId is null || !round.Seen.Versions.TryGetValue(named, out var source))
            {
                Halting.Begin(round, RotationHalt.Stop, PlanReasons.TemplateMissing(group.TemplateId ?? "of " + group.Name, group.TemplateVersion ?? "$Default"));
                return false;
            }

            round.SetGroup(group.Name, Target(round.Spec.Target.VersionOf(group.Name), round.Spec.Target.Changes, new GroupState
            {
                TemplateId = group.TemplateId,
                SourceVersion = source.Number,
                VersionBefore = group.TemplateVersion ?? "$Default",
                Expected = group.Desired,
            }, source));
        }

        round.State = round.State with { Started = round.Now, Progress = round.Now };
        if (round.Spec.Waiver is { } waiver)
        {
            round.Note("windows-ignored", "run", $"maintenance windows are ignored until {waiver.Until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z: {waiver.Reason}");
        }

        return true;
    }

    /// <summary>Intends whatever is missing.</summary>
    /// <returns>Whether all of it is in place.</returns>
    public static bool Ensure(Round round)
    {
        var ready = true;
        foreach (var group in round.Seen.Groups)
        {
            // Protection comes before any other change: from then on no scale-in can take a node that was not drained.
            ready &= Protected(round, group) && Suspended(round, group) && Templated(round, group) && Pinned(round, group);
        }

        if (!ready)
        {
            round.RefreshGroupsWithin(TimeSpan.Zero);
        }

        return ready && HookWrites.Ensure(round);
    }

    /// <summary>Keeps what the start looked like.</summary>
    public static void Capture(Round round, Fleets fleets)
    {
        foreach (var group in round.Seen.Groups)
        {
            var zones = fleets.Members.Where(member => member.Group.Name == group.Name && member.Node is { Schedulable: true })
                .GroupBy(member => member.Zone)
                .ToImmutableSortedDictionary(zone => zone.Key, zone => zone.Count());
            round.SetGroup(group.Name, round.State.Groups[group.Name] with { ReadyByZone = zones });
        }

        var nodes = fleets.Outdated.Select(member => member.Node).OfType<Node>().Where(node => node.Ready).ToList();
        round.State = round.State with
        {
            Total = fleets.Members.Count,
            Outdated = fleets.Outdated.Count(),
            Unready = [.. fleets.Outdated.Where(member => member.Node is not { Schedulable: true }).Select(member => member.Id)],
            CsiDrivers = nodes.Count == 0 ? [] : nodes.Skip(1).Aggregate(nodes[0].CsiDrivers, (common, node) => common.Intersect(node.CsiDrivers)),
        };
    }

    /// <summary>Counts nodes that have recovered since the start among those that were there.</summary>
    public static void Recount(Round round, Fleets fleets)
    {
        foreach (var member in fleets.Outdated.Where(member => member.Node is { Schedulable: true } && round.State.Unready.Contains(member.Id) && round.SlotOf(member.Id) is null).ToList())
        {
            var group = round.State.Groups[member.Group.Name];
            round.SetGroup(member.Group.Name, group with { ReadyByZone = group.ReadyByZone.SetItem(member.Zone, group.ReadyByZone.GetValueOrDefault(member.Zone) + 1) });
            round.State = round.State with { Unready = round.State.Unready.Remove(member.Id) };
            round.Note("recovered", member.Node!.Name, $"{member.Node.Name} was not ready when the run began and serves now: as many must stay from here on");
        }
    }

    private static GroupState Target(long? existing, TemplateChanges? changes, GroupState state, TemplateVersion source)
    {
        if (existing is { } version)
        {
            return state with { TargetVersion = version };
        }

        // Where the current version has the wanted image and all that is declared already no new one is written.
        return changes is not null && TemplateComparison.Has(source, changes)
            ? state with { TargetVersion = source.Number, TargetImage = changes.ImageId, Verified = true }
            : state with { TargetImage = changes?.ImageId };
    }

    private static bool Protected(Round round, ScalingGroup group)
    {
        var bare = group.Instances.Where(instance => instance is { InService: true, Protected: false }).Select(instance => instance.Id).ToList();
        if ((group.NewInstancesProtected && bare.Count == 0) || !round.Keeps(Safeguard.Protection))
        {
            return true;
        }

        if (!round.IsOpen(LedgerKinds.Protection, group.Name))
        {
            // Where new instances inherit protection from Fleet's hand all is lifted but what was protected before; else only what is bare now.
            var before = group.Instances.Where(instance => instance.Protected).Select(instance => instance.Id);
            round.Owe(LedgerKinds.Protection, group.Name, string.Join(',', before), group.NewInstancesProtected ? string.Join(',', bare) : "all");
        }

        if (!group.NewInstancesProtected)
        {
            round.Owe(LedgerKinds.NewProtected, group.Name, "false", "true");
            round.Do(new SetNewInstancesProtected(group.Name, true), $"let new instances of {group.Name} inherit scale-in protection");
        }

        if (bare.Count > 0)
        {
            round.Do(new ProtectInstances(group.Name, bare, true), $"protect {bare.Count} instances of {group.Name} from scale-in");
        }

        return false;
    }

    /// <summary>Whether AZRebalance is suspended where a group needs it; a stop has resumed it.</summary>
    public static bool Suspended(Round round, ScalingGroup group)
    {
        if (group.Zones.Length < 2 || group.Suspended.Contains("AZRebalance") || !round.Keeps(Safeguard.SuspendRebalance))
        {
            return true;
        }

        round.Owe(LedgerKinds.Suspended, group.Name, null, "AZRebalance");
        round.Do(new SetSuspended(group.Name, "AZRebalance", true), $"suspend AZRebalance of {group.Name}, which would terminate undrained nodes to even out zones");
        return false;
    }

    private static bool Templated(Round round, ScalingGroup group)
    {
        var state = round.State.Groups[group.Name];
        if (state.TargetVersion is null)
        {
            if (!round.Seen.Written.TryGetValue(state.TemplateId, out var written))
            {
                // Groups that share a template share the new version; the token makes a repeated call give the same one.
                var changes = round.Spec.Target.Changes!;
                var token = $"fleet-{round.RunId}-{state.TemplateId}{(changes.IsImageAlone ? "" : $"-{changes.Digest}")}";
                round.Do(
                    new CreateTemplateVersion(state.TemplateId, state.SourceVersion, changes, $"fleet rotation of {round.Spec.Pool.Cluster}/{round.Spec.Pool.Name}", token),
                    $"write a version of {state.TemplateId} from version {state.SourceVersion} with image {state.TargetImage}{(changes.IsImageAlone ? "" : " and what the pool declares")}");
                return false;
            }

            state = state with { TargetVersion = written };
            round.SetGroup(group.Name, state);
            round.Progress();
        }

        return state.Verified || Verify(round, group, state);
    }

    private static bool Verify(Round round, ScalingGroup group, GroupState state)
    {
        var target = round.Seen.Versions.GetValueOrDefault($"{state.TemplateId}:{state.TargetVersion}");
        if (round.Spec.Target.VersionOf(group.Name) is { } asked)
        {
            if (target is null)
            {
                Halting.Begin(round, RotationHalt.Stop, PlanReasons.TemplateMissing(state.TemplateId, $"{asked}"));
                return false;
            }

            round.SetGroup(group.Name, state with { TargetImage = target.ResolvedImageId, Verified = true });
            return true;
        }

        var source = round.Seen.Versions.GetValueOrDefault($"{state.TemplateId}:{state.SourceVersion}");
        if (target is null || source is null)
        {
            round.LookIn(TimeSpan.FromSeconds(1));
            return false;
        }

        if (TemplateComparison.Unintended(source, target, round.Spec.Target.Changes!) is { } difference)
        {
            Halting.Begin(round, RotationHalt.Stop, PlanReasons.TemplateDiffers(state.TemplateId, target.Number, difference));
            return false;
        }

        round.SetGroup(group.Name, state with { Verified = true });
        return true;
    }

    private static bool Pinned(Round round, ScalingGroup group)
    {
        var state = round.State.Groups[group.Name];
        var version = $"{state.TargetVersion}";
        if (group.TemplateId == state.TemplateId && group.TemplateVersion == version)
        {
            return true;
        }

        if (round.Entry(LedgerKinds.Pin, group.Name) is { Status: Runs.LedgerStatus.Open } pin && $"{group.TemplateId}:{group.TemplateVersion}" is var now && now != pin.Before && pin.Before is not null && !Same(round, group, pin.Before))
        {
            Halting.Begin(round, RotationHalt.Stop, PlanReasons.PinChanged(group.Name, pin.Mine!, now));
            return false;
        }

        // The way back is a number even where the group said $Latest: that name means the new version now.
        round.Owe(LedgerKinds.Pin, group.Name, $"{state.TemplateId}:{state.SourceVersion}", $"{state.TemplateId}:{version}");
        round.Do(new PinTemplate(group.Name, state.TemplateId, version), $"pin {group.Name} to version {version} of {state.TemplateId} (was {group.TemplateVersion ?? "$Default"})");
        return false;
    }

    /// <summary>Whether a group that names its version by a word still means the one before.</summary>
    private static bool Same(Round round, ScalingGroup group, string before) =>
        group.TemplateVersion == round.State.Groups[group.Name].VersionBefore && before.StartsWith(group.TemplateId + ":", StringComparison.Ordinal);
}
