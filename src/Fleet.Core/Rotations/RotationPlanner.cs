using System.Collections.Immutable;
using Fleet.Core.Rotations.Planning;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations;

/// <summary>Decides each round of a rotation: a pure function of what was asked, where the run stands, what is seen and what time it is.</summary>
public static class RotationPlanner
{
    /// <summary>Decides a round.</summary>
    /// <param name="run">The run: id, phase, request.</param>
    /// <param name="spec">What was asked.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="seen">The world.</param>
    /// <param name="now">Policy time.</param>
    public static RotationDecision Decide(Run run, RotationSpec spec, RotationState state, RotationObservation seen, DateTimeOffset now) =>
        Decide(run, spec, state, seen, now, Safeguards.All);

    /// <summary>Decides a round with some safeguards only: for tests that show what each is good for.</summary>
    internal static RotationDecision Decide(Run run, RotationSpec spec, RotationState state, RotationObservation seen, DateTimeOffset now, Safeguards safeguards)
    {
        var round = new Round(run.Id, spec, Absence.Forgive(state, now), seen, now, safeguards);
        if (Absence.Of(state, now) is var absent && absent > TimeSpan.Zero && run.Request == RunRequest.None)
        {
            round.Note("taken-up", "run", $"nobody drove the run for {(int)absent.TotalMinutes} min; that does not count against its limits");
        }

        Requests(round, run);
        var phase = round.Seen.LockedBy is { } holder ? Locked(round, holder) : Step(round);
        return new RotationDecision
        {
            State = round.State,
            Phase = run.Phase.To(phase),
            Reasons = round.State.HaltReasons.IsEmpty ? [.. round.Reasons] : [.. round.State.HaltReasons, .. round.Reasons],
            Actions = [.. round.Actions],
            Ledger = [.. round.ChangedLedger],
            Journal = [.. round.Journal],
            LookAgain = phase.IsFinal() || phase.Stands() ? DateTimeOffset.MaxValue : round.LookAgain,
            Handled = run.Request,
            GroupsMaxAge = round.GroupsMaxAge,
        };
    }

    private static void Requests(Round round, Run run)
    {
        switch (run.Request)
        {
            case RunRequest.Pause:
                Halting.Begin(round, RotationHalt.Pause);
                break;
            case RunRequest.Cancel:
                Halting.Begin(round, RotationHalt.Cancel);

                // The way back has limits of its own.
                round.State = round.State with { Started = round.State.Started is null ? null : round.Now, Progress = round.Now, BlockedSince = null, JoinFailures = 0, SettleFailures = 0 };
                break;
            case RunRequest.Resume when round.State.Halt is RotationHalt.Pause or RotationHalt.Stop:
                Resume(round, "resumed", "a person lets the run go on");
                break;
            case RunRequest.Approve:
                round.State = round.State with { Approved = true };
                Resume(round, "approved", "a person approves the run");
                break;
            default:
                break;
        }
    }

    private static void Resume(Round round, string kind, string sentence)
    {
        round.State = round.State with { Halt = round.State.Cancelled ? RotationHalt.Cancel : RotationHalt.None, HaltReasons = [], UnpinsAll = false, HaltSince = round.State.Cancelled ? round.Now : null, Started = round.Now, HeldAt = null, Progress = round.Now, BlockedSince = null, JoinFailures = 0, SettleFailures = 0, Joining = ImmutableSortedDictionary<string, DateTimeOffset>.Empty, Quarantined = ImmutableSortedDictionary<string, string>.Empty };
        round.Note(kind, "run", sentence);
    }

    /// <summary>While somebody else changes the pool nothing is done to it; a run that has changed nothing yet can be given up all the same.</summary>
    private static RunPhase Locked(Round round, string holder)
    {
        round.Wait(PlanReasons.Locked(round.Spec.Pool.Name, holder));
        round.LookIn(TimeSpan.FromSeconds(5));
        round.State = round.State with { Progress = round.State.Progress ?? round.Now };
        Limits.Check(round);
        return round.State.Halt switch
        {
            RotationHalt.Pause => RunPhase.Paused,
            RotationHalt.Stop => RunPhase.Stopped,
            RotationHalt.Cancel when round.State.Groups.IsEmpty && round.Seen.Ledger.IsEmpty => RunPhase.Cancelled,
            _ => RunPhase.Waiting,
        };
    }

    private static RunPhase Step(Round round)
    {
        if (round.Spec.Pool.Groups.FirstOrDefault(name => round.Group(name) is null) is { } missing)
        {
            Halting.Begin(round, RotationHalt.Stop, PlanReasons.GroupMissing(missing));
            return round.State.Halt == RotationHalt.Pause ? RunPhase.Paused : RunPhase.Stopped;
        }

        if (round.State.Groups.IsEmpty && Approval.Stops(round))
        {
            return RunPhase.Stopped;
        }

        if (round.State.Groups.IsEmpty && round.State.Halt != RotationHalt.Cancel && !Preparation.Begin(round))
        {
            return RunPhase.Stopped;
        }

        Accounting.Reconcile(round);
        var fleets = Fleets.Of(round);
        if (round.State.Stage == RotationStage.Preparing && round.State.Halt == RotationHalt.None)
        {
            return Prepare(round, fleets);
        }

        SlotSteps.Advance(round, fleets);
        fleets = Fleets.Of(round);
        Joins.Update(round, fleets);
        Preparation.Recount(round, fleets);
        Approval.Stops(round);
        return round.State.Halt switch
        {
            RotationHalt.None => Forward(round, fleets),
            RotationHalt.Cancel => Cancel(round, fleets),
            _ => Rest(round),
        };
    }

    private static RunPhase Prepare(Round round, Fleets fleets)
    {
        var untouched = round.Seen.Ledger.IsEmpty && round.State.Groups.Values.All(group => group.TargetVersion is not null);
        if (untouched && !fleets.Outdated.Any() && round.Seen.Groups.All(group => group.TemplateVersion == $"{round.State.Groups[group.Name].TargetVersion}"))
        {
            round.Note("nothing-outdated", "run", "every instance is current; nothing to do");
            round.State = round.State with { Stage = RotationStage.Done, Total = fleets.Members.Count };
            return RunPhase.Succeeded;
        }

        if ((round.Seen.Ledger.IsEmpty && Windows.Closed(round)) || !Preparation.Ensure(round))
        {
            Limits.Check(round);
            return Underway(round);
        }

        Preparation.Capture(round, fleets);
        round.State = round.State with { Stage = RotationStage.Canary };
        round.Note("prepared", "run", $"{round.State.Outdated} of {round.State.Total} instances are outdated; width 1 for the canary, then up to {Math.Max(1, round.SurgeCap + round.UnavailableCap)}");
        round.LookIn(TimeSpan.FromSeconds(1));
        return RunPhase.Running;
    }

    private static RunPhase Forward(Round round, Fleets fleets)
    {
        if (Finishing.GoesOn(round) || Finishing.MayBegin(round, fleets))
        {
            return Finish(round, RunPhase.Succeeded);
        }

        if (Preparation.Ensure(round))
        {
            if (!Windows.Closed(round))
            {
                Admissions.Update(round, fleets);
                Surges.Update(round, fleets);
            }

            Marks.Update(round, fleets);
            OnlyQuarantined(round, fleets);
        }

        Limits.Check(round);
        return Underway(round);
    }

    /// <summary>Where nothing is left but nodes that could not be drained, and the surge that stands in for them, a person must act.</summary>
    private static void OnlyQuarantined(Round round, Fleets fleets)
    {
        var quarantined = round.State.Quarantined;
        if (!quarantined.IsEmpty && round.State.Slots.IsEmpty
            && fleets.Outdated.All(member => quarantined.ContainsKey(member.Id))
            && round.State.Groups.Values.Sum(group => group.Raised) <= quarantined.Count)
        {
            Halting.Begin(round, RotationHalt.Stop, [.. PlanReasons.Quarantined(round)]);
        }
    }

    private static RunPhase Finish(Round round, RunPhase end)
    {
        if (round.State.Stage != RotationStage.Finishing)
        {
            round.State = round.State with { Stage = RotationStage.Finishing };
            round.Progress();
        }

        if (!Finishing.Step(round))
        {
            Limits.Check(round);
            return Underway(round);
        }

        if (end == RunPhase.Succeeded && !round.State.Quarantined.IsEmpty)
        {
            Halting.Begin(round, RotationHalt.Stop, [.. PlanReasons.Quarantined(round)]);
            round.State = round.State with { Stage = RotationStage.Rolling };
            return RunPhase.Stopped;
        }

        if (end == RunPhase.Succeeded && !Finishing.Remember(round))
        {
            return RunPhase.Running;
        }

        round.State = round.State with { Stage = RotationStage.Done };
        round.Note("ended", "run", end == RunPhase.Succeeded ? $"{round.State.Replaced} of {round.State.Outdated} outdated nodes are replaced; nothing is left undone" : "cancelled; nothing is left undone");
        return end;
    }

    private static RunPhase Cancel(Round round, Fleets fleets)
    {
        if (!Undo.Unpin(round))
        {
            // Nothing more is launched from an image that has not passed its canary.
            Limits.Check(round);
            return Underway(round);
        }

        if (Finishing.GoesOn(round) || Finishing.MayBegin(round, fleets))
        {
            return Finish(round, RunPhase.Cancelled);
        }

        var shrinking = round.Seen.Groups.Where(group => round.State.Groups.ContainsKey(group.Name) && (Surges.RaisedIn(round, group.Name) > 0 || Surges.Excess(group) > 0)).ToList();
        if (!shrinking.TrueForAll(group => Preparation.Suspended(round, group)))
        {
            // Else a group whose zones differ meanwhile would even them out by undrained terminations.
            round.RefreshGroupsWithin(TimeSpan.Zero);
            Limits.Check(round);
            return Underway(round);
        }

        // What is drained already goes to its end; the others are given back, unless their end is what shrinks the surge.
        if (round.State.Groups.Values.All(group => group.Raised == 0) && !round.Seen.Groups.Any(group => Surges.Excess(group) > 0))
        {
            Halting.Release(round);
            Surges.Update(round, fleets);
        }
        else
        {
            Admissions.Update(round, fleets);
        }

        Limits.Check(round);
        return Underway(round);
    }

    private static RunPhase Rest(Round round)
    {
        var phase = round.State.Halt == RotationHalt.Pause ? RunPhase.Paused : RunPhase.Stopped;
        return Halting.ToRest(round) ? phase : RunPhase.Running;
    }

    private static RunPhase Underway(Round round) => round.Reasons.Count > 0 && round.Actions.Count == 0 ? RunPhase.Waiting : RunPhase.Running;
}
