using Fleet.Core.Builds.Actions;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds;

/// <summary>Decides what the proof of a built image does next: one instance of it is launched, judged step by step, and ended before the image becomes available.</summary>
internal static class ProofPlanner
{
    /// <summary>How long EC2 may take to show an instance that was launched; field reports have seconds.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>How long a launch is tried that waiting may cure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>How long a step of the proof is tried that waiting may cure: the instance costs money meanwhile.</summary>
    private static readonly TimeSpan RefusedPatience = TimeSpan.FromMinutes(15);

    /// <summary>Decides.</summary>
    public static BuildDecision Decide(BuildTurn round, FoundImage image)
    {
        if (round.State.Proving is not { } before)
        {
            return Begin(round, image);
        }

        var proving = Hear(round, before);
        round.State = round.State with { Proving = proving };
        if (proving is not { Instance: { } instance, State: { } state })
        {
            return round.Seen.Failures is [var why, ..] && (why.IsFinal || round.Now - proving.Launched > Patience)
                ? round.Give(BuildEnding.Failed, BuildReasons.NotLaunched(image.Id, why, Patience))
                : round.Try(BuildReasons.Launching(image.Id), Launch(round, image));
        }

        if (state.Phase == ProofPhase.Passed)
        {
            round.Say("proved", image.Id, $"{image.Id} passed {state.Verdicts.Length} checks on {instance}");
            round.State = round.State with { Stage = BuildStage.Finishing };
            return round.Go();
        }

        if (state.Ended)
        {
            round.State = round.State with { Proving = proving with { Kept = round.Spec.KeepInstance } };
            return round.Give(BuildEnding.Failed, [.. ProofReasons.Of($"{round.Spec.Recipe.Name}/{round.Source.Version}", state)]);
        }

        if (proving.Seen && round.Seen.Leftovers.Instances.GetValueOrDefault(instance) is null or "shutting-down" or "stopping" or "stopped")
        {
            return round.Give(BuildEnding.Failed, BuildReasons.InstanceGone(image.Id, instance));
        }

        proving = proving with { RefusedSince = round.Seen.Failures.IsEmpty ? null : proving.RefusedSince ?? round.Now };
        round.State = round.State with { Proving = proving };
        if (round.Seen.Failures is [var refusal, ..] && (refusal.IsDenied || round.Now - proving.RefusedSince > RefusedPatience))
        {
            round.State = round.State with { Proving = proving with { Kept = round.Spec.KeepInstance } };
            return round.Give(BuildEnding.Failed, BuildReasons.NotProved(image.Id, instance, refusal, RefusedPatience));
        }

        var order = ProofOrders.Proof(round.Run, round.Spec, round.Source, image, instance);
        var checks = ProofChecks.Of(order);
        var what = state.Phase == ProofPhase.Waiting ? "its agent to report" : checks[state.Check].Name;
        var reason = BuildReasons.Proving(image.Id, instance, what, state.Verdicts.Length, checks.Length);
        return proving.Due > round.Now ? round.Wait(proving.Due - round.Now, reason) : round.Try(reason, new ProveStep(order, what));
    }

    private static BuildDecision Begin(BuildTurn round, FoundImage image)
    {
        try
        {
            ProofChecks.Of(ProofOrders.Proof(round.Run, round.Spec, round.Source, image, ""));
        }
        catch (ArgumentException wrong)
        {
            return round.Give(BuildEnding.Failed, BuildReasons.Failed(round.Source, wrong.Message));
        }

        round.State = round.State with { Proving = new BuildProving { Launched = round.Now } };
        return round.Go(Launch(round, image)) with { Ledger = BuildLedger.OpenProof(round.Run, image.Id, round.Now) };
    }

    private static LaunchInstance Launch(BuildTurn round, FoundImage image) => new(ProofOrders.Instance(round.Run, round.Spec, round.Source, image.Id));

    /// <summary>Takes what came of the launch and of the last step; each judgement is told once.</summary>
    private static BuildProving Hear(BuildTurn round, BuildProving proving)
    {
        if (proving.Instance is null && round.Seen.Launched is { } instance)
        {
            round.Say("launched", instance, $"{instance} proves {round.State.ImageId}");
            return proving with { Instance = instance, State = Prover.Begin(round.Now) };
        }

        if (round.Seen.Proof is not { } step || proving.State is not { } known)
        {
            return proving;
        }

        foreach (var verdict in step.State.Verdicts.Skip(known.Verdicts.Length))
        {
            var finding = verdict.Finding;
            round.Say(finding.Passed ? "proof" : "proof-failed", verdict.Check, finding.Passed ? finding.Found : $"{finding.Found}; expected {finding.Expected}; {finding.Cure}");
            if (verdict.Output.Length > 0 && (!finding.Passed || verdict.Kind != ProofKind.Fleet))
            {
                round.Say("proof-output", verdict.Check, verdict.Output);
            }

            if (verdict.Errors.Length > 0 && !finding.Passed)
            {
                round.Say("proof-errors", verdict.Check, verdict.Errors);
            }
        }

        // The journal has it now, and the state is written in every round.
        return proving with { State = step.State with { Verdicts = [.. step.State.Verdicts.Select(verdict => verdict with { Output = "", Errors = "" })] }, Due = round.Now + step.Again };
    }
}
