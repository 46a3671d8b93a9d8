using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Promotions.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>Decides what a promotion does next, from what is recorded and what is seen. It only thinks.</summary>
public static class PromotionPlanner
{
    private static readonly TimeSpan WhileSoaking = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WhileCopying = TimeSpan.FromSeconds(15);

    /// <summary>Decides.</summary>
    /// <param name="run">The run as it is recorded.</param>
    /// <param name="spec">What is asked for.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="ledger">Its undo ledger.</param>
    /// <param name="seen">What was observed.</param>
    /// <param name="now">Policy time.</param>
    public static PromotionDecision Decide(Run run, PromotionSpec spec, PromotionState state, ImmutableArray<LedgerEntry> ledger, PromotionObservation seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(seen);
        var round = new PromotionTurn(run, spec, state, ledger, seen, now);
        return Requests(round) ?? (state.Ending is not null ? Clear(round) : state.Stage switch
        {
            PromotionStage.Gates => Gate(round),
            PromotionStage.Copying => Copy(round),
            PromotionStage.Sharing => Share(round),
            _ => Name(round),
        });
    }

    private static PromotionDecision? Requests(PromotionTurn round)
    {
        var asked = round.Run.Request;
        switch (asked)
        {
            case RunRequest.Cancel when round.State.Ending is null && round.State.Stage == PromotionStage.Gates:
                return round.End(RunPhase.Cancelled, [], "cancelled before anything was changed") with { Handled = asked };
            case RunRequest.Cancel when round.State.Ending is null && (round.State.Stage == PromotionStage.Copying || (round.State.Stage == PromotionStage.Sharing && !IsRecorded(round))):
                return round.Give(RunPhase.Cancelled) with { Handled = asked };
            case RunRequest.Cancel when round.State.Ending is null && round.State.Stage == PromotionStage.Sharing:
                return round.End(RunPhase.Cancelled, [], $"cancelled; the copies of {round.Spec.Key} stay, and no parameter names them", kept: round.Spec.Key) with { Handled = asked };
            case RunRequest.Pause when round.State.Ending is null:
                return round.Go() with { Phase = round.Run.Phase.To(RunPhase.Paused), Handled = asked, LookAgain = TimeSpan.Zero };
            case RunRequest.Approve:
                round.Say("approved", "run", "a person has approved it");
                round.State = round.State with { Approved = true };
                return round.Go() with { Handled = asked };
            case RunRequest.None:
                return null;
            default:
                // Too late to cancel, where parameters are being written; or nothing but to go on.
                return round.Go() with { Handled = asked };
        }
    }

    /// <summary>Whether the version's record has every region's image, so that none of them is the run's own any more.</summary>
    private static bool IsRecorded(PromotionTurn round) => round.Record is { } record && round.Spec.Recipe.Regions.All(region => record.In(region) is not null);

    /// <summary>A version that is stable already has passed its gates: its promotion brings new regions and parameters up to date.</summary>
    private static PromotionDecision Gate(PromotionTurn round)
    {
        if (round.Record is not { } record)
        {
            return round.End(RunPhase.Failed, [PromotionReasons.Unknown(round.Spec)], "refused before anything was changed");
        }

        if (record.State is not (ImageState.Candidate or ImageState.Stable))
        {
            return round.End(RunPhase.Failed, [PromotionReasons.Unfit(record)], "refused before anything was changed");
        }

        if (!round.Seen.Keys.Faults.IsEmpty)
        {
            return round.End(RunPhase.Failed, [.. round.Seen.Keys.Faults.Select(fault => fault.ToReason())], "refused before anything was changed");
        }

        if (record.State == ImageState.Candidate && (Soak(round) ?? Approve(round)) is { } waits)
        {
            return waits;
        }

        round.State = round.State with { Stage = PromotionStage.Copying };
        round.Say("passed", record.Key, record.State == ImageState.Stable ? "stable already: its regions are brought up to date" : "nothing speaks against it");
        foreach (var note in round.Seen.Keys.Notes)
        {
            round.Say("note", record.Key, note);
        }

        return round.Go();
    }

    private static PromotionDecision? Soak(PromotionTurn round)
    {
        var (spec, seen) = (round.Spec, round.Seen);
        if (spec.SkipSoak || spec.Recipe.PromoteAfter <= TimeSpan.Zero)
        {
            return null;
        }

        if (seen.UsedBy.IsEmpty)
        {
            round.State = round.State with { InUseSince = null };
            return round.Wait(WhileSoaking, PromotionReasons.NotInUse(spec, seen.Unread), RunPhase.Waiting);
        }

        var since = round.State.InUseSince ?? round.Now;
        if (round.State.InUseSince is null)
        {
            round.Say("in-use", spec.Key, $"run by {string.Join(", ", seen.UsedBy.Take(5))}{(seen.UsedBy.Length > 5 ? $" and {seen.UsedBy.Length - 5} more" : "")}");
        }

        round.State = round.State with { InUseSince = since };
        var left = since + spec.Recipe.PromoteAfter - round.Now;
        return left <= TimeSpan.Zero ? null : round.Wait(left < WhileSoaking ? left : WhileSoaking, PromotionReasons.Soaking(spec, since, round.Now + left, seen.UsedBy), RunPhase.Waiting);
    }

    private static PromotionDecision? Approve(PromotionTurn round) =>
        round.Spec.NeedsApproval && !round.State.Approved ? round.Stop(PromotionReasons.ApprovalNeeded(round.Spec, round.Run.Id)) : null;

    private static PromotionDecision Copy(PromotionTurn round)
    {
        var (spec, record) = (round.Spec, round.Record!);
        var gone = record.Copies.Select(copy => copy.Region).FirstOrDefault(region => round.In(region)?.State != "available");
        if (gone is not null)
        {
            return round.Give(RunPhase.Failed, PromotionReasons.Gone(record, gone));
        }

        var found = spec.Recipe.Regions.Select(round.In).OfType<SeenImage>().ToList();
        if (found.Find(image => image.Recipe != record.Recipe || image.Version != record.Version) is { } other)
        {
            return round.Give(RunPhase.Failed, PromotionReasons.NameTaken(other));
        }

        if (found.Find(image => image.State is not ("available" or "pending")) is { } failed)
        {
            return round.Give(RunPhase.Failed, PromotionReasons.CopyFailed(failed, spec.Recipe.KmsKeys.GetValueOrDefault(failed.Region)));
        }

        var missing = spec.Recipe.Regions.Where(region => round.In(region) is null).ToList();
        if (missing.Count > 0)
        {
            return round.Go([.. missing.Select(region => new CopyImage(region, Order(round, record, region)))]) with { Ledger = PromotionLedger.Open(round.Ledger, record.Name, missing, round.Now) };
        }

        var pending = found.Where(image => image.State == "pending").Select(image => image.Region).ToList();
        if (pending.Count > 0)
        {
            return round.Wait(WhileCopying, PromotionReasons.Copying(pending));
        }

        round.State = round.State with { Stage = PromotionStage.Sharing };
        return round.Go();
    }

    private static ImageCopyOrder Order(PromotionTurn round, ImageRecord record, string region) => new()
    {
        SourceRegion = record.Copies[0].Region,
        SourceImage = record.Copies[0].ImageId,
        Name = record.Name,
        Token = $"{round.Run.Id}-{region}",
        KmsKey = round.Spec.Recipe.KmsKeys.GetValueOrDefault(region),
        Tags = ImageTags.Of(record, round.Spec.Recipe.Tags),
    };

    private static PromotionDecision Share(PromotionTurn round)
    {
        var (spec, record) = (round.Spec, round.Record!);
        var copies = record.Copies.AddRange(spec.Recipe.Regions.Where(region => record.In(region) is null).Select(round.In).OfType<SeenImage>().Select(image => new ImageCopy(image.Region, image.Id, image.Snapshots)));
        ImmutableArray<string> accounts = [.. record.SharedWith.Union(spec.Recipe.ShareWith).Order(StringComparer.Ordinal)];
        if (copies.Length != record.Copies.Length || !accounts.SequenceEqual(record.SharedWith))
        {
            // Recorded before anybody is let in, so that what is shared is known to be.
            return round.Go(new ChangeImage(record with { Copies = copies, SharedWith = accounts }, record.State));
        }

        if (!round.Seen.Shared)
        {
            return round.Go([.. record.Copies.Select(copy => new ShareImage(copy, accounts, ImageTags.Of(record, spec.Recipe.Tags)))]);
        }

        round.State = round.State with { Stage = PromotionStage.Naming };
        return round.Go() with { Ledger = PromotionLedger.Settle(round.Ledger, record.Key, round.Now) };
    }

    private static PromotionDecision Name(PromotionTurn round)
    {
        var record = round.Record!;
        if (!round.Seen.Named)
        {
            var newest = record.State == ImageState.Candidate || !round.Seen.Records.Any(image => image.State == ImageState.Stable && image.KubernetesMinor == record.KubernetesMinor && image.Promoted > record.Promoted);
            ImmutableArray<string> names = [ImageNames.ByVersion(record.Recipe, record.KubernetesMinor, record.Version), .. newest ? [ImageNames.Latest(record.Recipe, record.KubernetesMinor)] : (string[])[]];
            return round.Go([.. record.Copies.Select(copy => new NameImage(copy.Region, copy.ImageId, names))]);
        }

        return record.State == ImageState.Candidate
            ? round.Go(new ChangeImage(record with { State = record.State.To(ImageState.Stable), Changed = round.Now, Promoted = round.Now }, ImageState.Candidate))
            : round.End(RunPhase.Succeeded, [], $"{record.Key} is stable: {string.Join(", ", record.Copies.Select(copy => $"{copy.ImageId} in {copy.Region}"))}", kept: record.Key);
    }

    private static PromotionDecision Clear(PromotionTurn round)
    {
        var made = round.Ledger.Where(entry => entry.Kind == PromotionLedger.Copy && entry.Status == LedgerStatus.Open).Select(entry => round.In(entry.Subject)).OfType<SeenImage>()
            .Where(image => round.Record?.In(image.Region) is null && image.Recipe == round.Spec.Recipe.Name && image.Version == round.Spec.Version).ToList();
        return made.Count > 0
            ? round.Wait(TimeSpan.FromSeconds(2), PromotionReasons.Clearing(made.Select(image => image.Region)), actions: [.. made.Select(image => new RemoveCopy(image))])
            : round.End(round.State.Ending!.Value, round.State.Why, round.State.Ending == RunPhase.Cancelled ? "cancelled; the copies that this run made are gone" : "failed; the copies that this run made are gone");
    }
}
