using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Promotions.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>A round of a promotion while it is decided.</summary>
internal sealed class PromotionTurn(Run run, PromotionSpec spec, PromotionState state, ImmutableArray<LedgerEntry> ledger, PromotionObservation seen, DateTimeOffset now)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly ImmutableArray<JournalEntry>.Builder _journal = ImmutableArray.CreateBuilder<JournalEntry>();

    public Run Run => run;

    public PromotionSpec Spec => spec;

    public PromotionObservation Seen => seen;

    public ImmutableArray<LedgerEntry> Ledger => ledger;

    public DateTimeOffset Now => now;

    public PromotionState State { get; set; } = state;

    /// <summary>Fleet's record of the version; null where there is none.</summary>
    public ImageRecord? Record { get; } = seen.Records.FirstOrDefault(image => image.Version == spec.Version);

    /// <summary>Regions whose image is recorded or found.</summary>
    public SeenImage? In(string region) => seen.Found.GetValueOrDefault(region);

    public void Say(string kind, string subject, string message) => _journal.Add(new JournalEntry(now, kind, subject, message));

    /// <summary>Goes on at once, or after a while where something failed.</summary>
    public PromotionDecision Go(params PromotionAction[] actions) =>
        seen.Failures.IsEmpty ? Decided(RunPhase.Running, [], actions, TimeSpan.Zero) : Decided(RunPhase.Waiting, [.. seen.Failures.Select(PromotionReasons.Failing)], actions, Retry);

    /// <summary>Waits; what failed is told before what is waited for.</summary>
    public PromotionDecision Wait(TimeSpan time, Reason reason, RunPhase phase = RunPhase.Running, params PromotionAction[] actions) =>
        Decided(seen.Failures.IsEmpty ? phase : RunPhase.Waiting, [.. seen.Failures.Select(PromotionReasons.Failing), reason], actions, time);

    /// <summary>Stops until a person acts.</summary>
    public PromotionDecision Stop(Reason reason)
    {
        if (run.Phase != RunPhase.Stopped)
        {
            Say("stopped", "run", reason.Sentence);
        }

        return Decided(RunPhase.Stopped, [reason], [], TimeSpan.Zero);
    }

    /// <summary>Gives the promotion up; copies that it made are removed before the run ends.</summary>
    public PromotionDecision Give(RunPhase ending, params Reason[] why)
    {
        Say("given-up", spec.Key, why.Length == 0 ? "asked to cancel: copies that this run made are removed" : why[0].Sentence);
        State = State with { Ending = ending, Why = [.. why] };
        return Go();
    }

    /// <summary>Ends the run.</summary>
    /// <param name="phase">How.</param>
    /// <param name="reasons">Why, where it did not succeed.</param>
    /// <param name="how">In words.</param>
    /// <param name="kept">Whose record has the copies; null where none was made or all are gone.</param>
    public PromotionDecision End(RunPhase phase, ImmutableArray<Reason> reasons, string how, string? kept = null)
    {
        Say("ended", "run", how);
        return Decided(phase, reasons, [], TimeSpan.Zero) with { Ledger = PromotionLedger.Settle(ledger, kept, now) };
    }

    private PromotionDecision Decided(RunPhase phase, ImmutableArray<Reason> reasons, PromotionAction[] actions, TimeSpan lookAgain)
    {
        foreach (var action in actions.Where(_ => seen.Failures.IsEmpty))
        {
            Say("action", action.Subject, action.Text);
        }

        return new PromotionDecision { State = State, Phase = run.Phase.To(phase), Reasons = reasons, Actions = [.. actions], Journal = _journal.ToImmutable(), LookAgain = lookAgain };
    }
}
