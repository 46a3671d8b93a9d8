using System.Collections.Immutable;
using Fleet.Core.Builds.Actions;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>Decides what an image build does next, from what is recorded and what is seen. It only thinks.</summary>
public static class BuildPlanner
{
    /// <summary>How often a builder is started by one run: each time but the first after its driver was gone.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>Decides.</summary>
    /// <param name="run">The run as it is recorded.</param>
    /// <param name="spec">What is asked for.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="ledger">Its undo ledger.</param>
    /// <param name="seen">What was observed.</param>
    /// <param name="now">Policy time.</param>
    public static BuildDecision Decide(Run run, BuildSpec spec, BuildState state, ImmutableArray<LedgerEntry> ledger, BuildObservation seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(seen);
        var round = new BuildTurn(run, spec, state, ledger, seen, now);
        round.Hear();
        return Requests(round) ?? state.Stage switch
        {
            BuildStage.Resolving => Resolve(round),
            BuildStage.Clearing => Clear(round),
            BuildStage.Building => Build(round),
            BuildStage.Proving => Prove(round),
            _ => Finish(round),
        };
    }

    private static BuildDecision? Requests(BuildTurn round)
    {
        switch (round.Run.Request)
        {
            case RunRequest.Cancel when round.State.Stage == BuildStage.Resolving:
                return round.End(RunPhase.Cancelled, [], "cancelled before anything was changed") with { Handled = RunRequest.Cancel };
            case RunRequest.Cancel when round.State.Stage == BuildStage.Finishing && round.Seen.Record?.State.Launches() == true:
                // Too late: it is recorded, and others may launch from it already.
                return Finish(round) with { Handled = RunRequest.Cancel };
            case RunRequest.Cancel when round.State.Ending is null:
                round.Say("cancel", "run", "asked to cancel: what the build has made is removed");
                round.State = round.State with { Ending = BuildEnding.Cancelled, ImageId = null, Stage = round.State.Stage is BuildStage.Finishing or BuildStage.Proving ? BuildStage.Clearing : round.State.Stage };
                return round.Go(round.Seen.Started && round.Seen.Result is null ? [new StopBuild(round.Source.ImageName)] : []) with { Handled = RunRequest.Cancel };
            case RunRequest.Pause when round.State.Ending is null && !(round.Seen.Started && round.Seen.Result is null):
                return round.Go() with { Phase = round.Run.Phase.To(RunPhase.Paused), Handled = RunRequest.Pause };
            case RunRequest.Pause:
                // The builder cannot halt halfway: the pause begins when it has ended.
                return null;
            case RunRequest.None:
                return null;
            default:
                return round.Go() with { Handled = round.Run.Request };
        }
    }

    private static BuildDecision Resolve(BuildTurn round)
    {
        if (round.Seen.Resolution is not { } found)
        {
            return round.Wait(Soon, BuildReasons.Resolving(round.Spec.Recipe.Name));
        }

        if (!found.Errors.IsEmpty || !found.Keys.Faults.IsEmpty)
        {
            return round.End(RunPhase.Failed, [.. found.Errors.Select(BuildReasons.Of), .. found.Keys.Faults.Select(fault => fault.ToReason())], "refused before anything was changed");
        }

        round.State = round.State with { Source = found.Source };
        if (found.Existing is { } existing && !round.Spec.Again)
        {
            round.State = round.State with { ImageId = existing.In(round.Spec.Region)?.ImageId };
            return round.End(RunPhase.Succeeded, [], $"{existing.Key} was made from the same source: nothing to do");
        }

        var source = found.Source!;
        round.Say("resolved", source.ImageName, $"version {source.Version} of {round.Spec.Recipe.Name}: Kubernetes {source.KubernetesVersion}, {source.Architecture}, from {source.BaseImage} ({source.Parent?.Key ?? source.BaseName})");
        foreach (var note in found.Keys.Notes)
        {
            round.Say("note", source.ImageName, note);
        }

        round.State = round.State with { Stage = BuildStage.Clearing };
        return round.Go(new RecordImage(round.Record()));
    }

    private static BuildDecision Clear(BuildTurn round)
    {
        var (state, seen) = (round.State, round.Seen);
        if (seen.Record is null && state.Ending is null)
        {
            return round.Go(new RecordImage(round.Record()));
        }

        if (seen.Image is { } image)
        {
            var mark = image.Tags.GetValueOrDefault(ImageTags.Run);
            if (mark is null ? state.Attempt == 0 : mark != round.Run.Id)
            {
                // Whose it is must not be removed; a version that nothing was made of is taken back.
                return state.Ending is null ? round.Give(BuildEnding.Failed, BuildReasons.NameTaken(round.Source, image.Id, mark)) : RemoveRest(round);
            }

            if (state.Ending is not null || mark is null || !image.IsAvailable)
            {
                return round.Try(BuildReasons.Clearing($"image {image.Id}"), new RemoveImage(image));
            }

            round.Say("adopted", image.Id, $"an earlier attempt of this run had finished {image.Id}");
            round.State = state with { Stage = BuildStage.Finishing, ImageId = image.Id };
            return round.Go();
        }

        return RemoveRest(round);
    }

    private static BuildDecision RemoveRest(BuildTurn round)
    {
        var (state, seen) = (round.State, round.Seen);
        var left = state.Proving is { Kept: true, Instance: { } stays } ? seen.Leftovers with { Instances = seen.Leftovers.Instances.Remove(stays) } : seen.Leftovers;
        if (!left.IsEmpty)
        {
            return Remove(round, left);
        }

        if (state.Proving is { Seen: false } proving && round.Now - proving.Launched < ProofPlanner.Late)
        {
            return round.Wait(Soon, BuildReasons.Clearing("what was launched to prove the image, and may not be shown yet,"));
        }

        if (state.Ending is { } ending)
        {
            return seen.Record is { State: ImageState.Building } record
                ? round.Go(new ChangeRecord(record with { State = record.State.To(ImageState.Rejected), Changed = round.Now }, ImageState.Building))
                : round.End(ending == BuildEnding.Cancelled ? RunPhase.Cancelled : RunPhase.Failed, state.Why, ending == BuildEnding.Cancelled ? "cancelled; nothing is left of the build" : "failed; nothing is left of the build");
        }

        if (state.Attempt == MostAttempts)
        {
            return round.Give(BuildEnding.Failed, BuildReasons.TooOften(round.Source, state.Attempt));
        }

        round.State = state with { Stage = BuildStage.Building, Attempt = state.Attempt + 1, Step = null };
        return round.Go(new StartBuild(round.Source.ImageName)) with { Ledger = BuildLedger.Open(round.Run, round.Source, round.Now) };
    }

    /// <summary>An instance that ends already is waited for; a security group goes when no instance has it any more.</summary>
    private static BuildDecision Remove(BuildTurn round, BuildLeftovers left)
    {
        var now = left with
        {
            Instances = left.Instances.RemoveRange(left.Instances.Where(instance => instance.Value == "shutting-down").Select(instance => instance.Key)),
            Groups = left.Instances.IsEmpty ? left.Groups : [],
        };
        return now.IsEmpty ? round.Wait(Soon, BuildReasons.Clearing($"{left}")) : round.Try(BuildReasons.Clearing($"{left}"), new RemoveLeftovers(now));
    }

    private static BuildDecision Build(BuildTurn round)
    {
        var (state, seen) = (round.State, round.Seen);
        if (!seen.Started)
        {
            if (seen.Failures is [var why, ..])
            {
                return round.Give(state.Ending ?? BuildEnding.Failed, BuildReasons.Failed(round.Source, why.Message));
            }

            // Another process began it, and is gone.
            round.Say("taken-up", "run", "whoever drove the build is gone; what it left is looked for");
            round.State = state with { Stage = BuildStage.Clearing };
            return round.Go();
        }

        if (seen.Result is not { } result)
        {
            return round.Wait(Soon, state.Ending is null ? BuildReasons.Building(round.Source, state.Step) : BuildReasons.Stopping(round.Source));
        }

        var built = result.Images.FirstOrDefault(image => image.Region == round.Spec.Region).ImageId;
        if (state.Ending is not null)
        {
            round.State = state with { Stage = BuildStage.Clearing };
            return round.Go();
        }

        if (seen.TemplateChanged)
        {
            return round.Give(BuildEnding.Failed, BuildReasons.Failed(round.Source, "the template changed while it was built, so that nobody can say what the image was made from"));
        }

        if (result.Succeeded && built is not null)
        {
            round.Say("built", built, $"{round.Source.ImageName} is {built}");
            round.State = state with { Stage = BuildStage.Finishing, ImageId = built, Step = null };
            return round.Go();
        }

        if (state.Attempt > 1 && seen.Image is { IsAvailable: true } late && late.Tags.GetValueOrDefault(ImageTags.Run) == round.Run.Id)
        {
            // What an earlier attempt had begun was finished after it was looked for; the name was taken by it.
            round.State = state with { Stage = BuildStage.Clearing };
            return round.Go();
        }

        return round.Give(BuildEnding.Failed, BuildReasons.Failed(round.Source, result.Failure ?? $"the builder made no image in {round.Spec.Region}"));
    }

    private static BuildDecision Prove(BuildTurn round) => Built(round) is { } image ? ProofPlanner.Decide(round, image) : Lost(round);

    /// <summary>The image that was built, as long as it can be launched.</summary>
    private static FoundImage? Built(BuildTurn round) => round.Seen.Image is { IsAvailable: true } image && image.Id == round.State.ImageId ? image : null;

    private static BuildDecision Lost(BuildTurn round)
    {
        var (id, seen) = (round.State.ImageId, round.Seen.Image);
        return round.Give(BuildEnding.Failed, BuildReasons.Failed(round.Source, $"{id} was built and is {(seen is not null && seen.Id == id ? seen.State : "gone")}"));
    }

    private static BuildDecision Finish(BuildTurn round)
    {
        var (state, seen) = (round.State, round.Seen);
        if (Built(round) is not { } image)
        {
            return Lost(round);
        }

        if (!state.RequiresTokens && !seen.RequiresTokens)
        {
            return round.Try(BuildReasons.Finishing(image.Id), new RequireTokens(image.Id));
        }

        round.State = state = state with { RequiresTokens = true };
        if (!seen.Leftovers.WithoutSnapshots.IsEmpty)
        {
            return Remove(round, seen.Leftovers.WithoutSnapshots);
        }

        if (seen.Record is not { State: ImageState.Building } record)
        {
            return seen.Record?.State.Launches() == true
                ? round.End(RunPhase.Succeeded, [], $"{seen.Record.Key} is {image.Id} in {round.Spec.Region}", kept: seen.Record.Key)
                : round.Go(new RecordImage(round.Record()));
        }

        if (round.Spec.Recipe.Proof is null)
        {
            round.Say("unproved", image.Id, $"the recipe names no proof: {image.Id} becomes available as it is");
        }
        else if (state.Proving?.State is not { Phase: ProofPhase.Passed })
        {
            round.State = state with { Stage = BuildStage.Proving };
            return round.Go();
        }

        return round.Go(new ChangeRecord(record with { State = record.State.To(ImageState.Candidate), Changed = round.Now, Copies = [new ImageCopy(round.Spec.Region, image.Id, image.Snapshots)] }, ImageState.Building));
    }
}
