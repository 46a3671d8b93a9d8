using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Rotations.Actions;

namespace Fleet.Core.Rotations.Planning;

/// <summary>New instances on their way to a proven node.</summary>
internal static class Joins
{
    /// <summary>How many new instances in a row may fail before the run stops: each is replaced twice.</summary>
    public const int Limit = 3;

    public static void Update(Round round, Fleets fleets)
    {
        var current = fleets.Current.ToDictionary(member => member.Id);
        round.State = round.State with
        {
            Proven = round.State.Proven.Intersect(current.Keys),
            Joining = round.State.Joining.RemoveRange(round.State.Joining.Keys.Where(id => !current.ContainsKey(id))),
        };
        var discards = Discards(round, fleets);
        foreach (var member in current.Values)
        {
            if (round.SlotOf(member.Id) is not null || round.State.Proven.Contains(member.Id))
            {
                continue;
            }

            if (discards.Contains(member.Id))
            {
                Admissions.Open(round, member, SlotRole.Discard);
            }
            else
            {
                Look(round, member);
            }
        }

        Missing(round);
    }

    /// <summary>
    /// In a cancelled run an image that has not passed its canary is not waited for: as many of its instances as there is surge go at once, those of the fullest zones first, so that zones are even after.
    /// What else it has brought into the groups goes as soon as they launch the former version again.
    /// </summary>
    private static HashSet<string> Discards(Round round, Fleets fleets)
    {
        var discards = new HashSet<string>();
        if (round.State is not { Halt: RotationHalt.Cancel, CanaryPassed: false })
        {
            return discards;
        }

        if (round.Seen.GroupsAt < round.State.HaltSince)
        {
            round.RefreshGroupsWithin(TimeSpan.Zero);
            round.LookIn(TimeSpan.FromSeconds(1));
            return discards;
        }

        foreach (var group in round.Seen.Groups)
        {
            var surge = (round.State.Groups.GetValueOrDefault(group.Name)?.Raised ?? 0) - round.State.Slots.Count(slot => slot.Group == group.Name && !slot.Counted);
            var live = fleets.Members.Where(member => member.Group.Name == group.Name && round.SlotOf(member.Id) is null).ToList();
            var unproven = live.Where(member => !member.Outdated && !round.State.Proven.Contains(member.Id)).ToList();
            for (; surge > 0 && unproven.Count > 0; surge--)
            {
                var next = unproven.MaxBy(member => live.Count(other => other.Zone == member.Zone))!;
                unproven.Remove(next);
                live.Remove(next);
                discards.Add(next.Id);
            }

            if (!round.IsOpen(LedgerKinds.Pin, group.Name))
            {
                discards.UnionWith(unproven.Where(member => IsAbandoned(round, member)).Select(member => member.Id));
            }
        }

        return discards;
    }

    /// <summary>Whether an instance is of an image that a cancelled run has given up, and makes no node: the group shall have one of the former version in its place.</summary>
    public static bool IsAbandoned(Round round, Fleets.Member member) =>
        round.State is { Halt: RotationHalt.Cancel, CanaryPassed: false } && !member.Outdated && !round.State.Proven.Contains(member.Id) && member.Node is not { Ready: true };

    private static void Look(Round round, Fleets.Member member)
    {
        var since = round.State.Joining.GetValueOrDefault(member.Id, round.Now);
        var proof = member.Node is { } node ? NodeReadiness.Check(node, round.Cluster, round.Policy, round.State.CsiDrivers, round.Now) : null;
        if (member.Node is { } proven && (proof is { Proven: true } || !round.Keeps(Safeguard.NodeProof)) && member.Instance.InService)
        {
            round.State = round.State with { Proven = round.State.Proven.Add(member.Id), Joining = round.State.Joining.Remove(member.Id), JoinFailures = 0 };
            round.Progress();
            round.Note("node-proven", proven.Name, $"{proven.Name} ({member.Id}, {member.Zone}) is proven after {(int)(round.Now - since).TotalSeconds} s");
            if (round.State is { CanaryClosed: true, CanaryPassed: false })
            {
                SlotSteps.Succeeded(round, proven.Name, $"the canary has closed its whole slot, and {proven.Name} shows that its image makes nodes");
            }

            return;
        }

        round.State = round.State with { Joining = round.State.Joining.SetItem(member.Id, since) };
        var age = round.Now - since;
        if (age < round.Policy.JoinTimeout)
        {
            round.Wait(PlanReasons.Joining(member.Id, age, round.Policy.JoinTimeout, proof?.Reason));
            round.LookBy(since + round.Policy.JoinTimeout);
            if (proof?.ProvenAt is { } soon)
            {
                round.LookBy(soon);
            }

            // The group calls an instance InService in its own time; a node that is proven before waits for that.
            if (proof is { Proven: true })
            {
                round.RefreshGroupsWithin(TimeSpan.FromSeconds(10));
                round.LookIn(TimeSpan.FromSeconds(5));
            }

            return;
        }

        GiveUp(round, member, age);
    }

    private static void GiveUp(Round round, Fleets.Member member, TimeSpan age)
    {
        if (round.State.Halt is RotationHalt.Pause or RotationHalt.Stop)
        {
            return;
        }

        var evidence = new CaptureEvidence(member.Id, member.Node?.Name);
        if (!round.Seen.Answered.Contains(evidence.Key))
        {
            round.Do(evidence, $"keep the console output and events of {member.Id}, which did not join within {(int)age.TotalSeconds} s");
            return;
        }

        var failures = round.State.JoinFailures + 1;
        if (failures >= Limit)
        {
            Halting.Begin(round, RotationHalt.Stop, PlanReasons.NeverJoined(member.Id, member.Node?.Name, round.Policy.JoinTimeout, failures));
            return;
        }

        round.State = round.State with { JoinFailures = failures, Failures = round.State.Failures + 1, Width = Math.Max(1, round.State.Width / 2), Joining = round.State.Joining.Remove(member.Id) };
        round.Note("join-failed", member.Id, $"{member.Id} did not become a proven node within {(int)age.TotalSeconds} s; it is replaced ({failures} of {Limit - 1} times)");
        Admissions.Open(round, member, SlotRole.Discard);
    }

    private static void Missing(Round round)
    {
        foreach (var group in round.Seen.Groups)
        {
            var live = group.Instances.Count(instance => instance.InService || instance.Pending);
            if (live < group.Desired)
            {
                var failed = round.Seen.Activities.GetValueOrDefault(group.Name, ImmutableArray<ScalingActivity>.Empty).FirstOrDefault(activity => activity.StatusCode == "Failed");
                round.Wait(PlanReasons.NoCapacity(group.Name, group.Desired, live, failed?.StatusMessage));
                round.RefreshGroupsWithin(TimeSpan.FromSeconds(30));
            }
        }
    }
}
