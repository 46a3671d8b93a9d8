using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>One round of a sweep while it is decided.</summary>
internal sealed class SweepTurn(Run run, SweepState state, DateTimeOffset now)
{
    /// <summary>What a run says of its failures; the journal has all of them.</summary>
    private const int MostReasons = 20;

    private readonly ImmutableArray<JournalEntry>.Builder _journal = ImmutableArray.CreateBuilder<JournalEntry>();

    public SweepState State { get; private set; } = state;

    /// <summary>Takes down what came of the last step.</summary>
    /// <returns>Null: it is heard once.</returns>
    public SweepOutcome? Hear(SweepOutcome? outcome)
    {
        if (outcome is not null)
        {
            State = State.After(outcome);
            var key = outcome.Verdict.Image.Key;
            Say(outcome.Failure is null ? "swept" : "refused", key, outcome switch
            {
                { Failure: { } failure } => $"{failure.Sentence}; {failure.Cure}",
                { Done: false } => $"{key} is in another state by now; the next sweep looks again",
                _ => $"{key} is {Past(outcome.Verdict.Step)}",
            });
        }

        return null;
    }

    /// <summary>Does what a person asks for. What is done stands, and nothing is half done.</summary>
    public RoundPlan Asked()
    {
        switch (run.Request)
        {
            case RunRequest.Cancel:
                Say("ended", "run", $"cancelled: {State.Summary}; what is done stands");
                return Plan(RunPhase.Cancelled, [], DateTimeOffset.MaxValue);
            case RunRequest.Pause:
                return Plan(RunPhase.Paused, [], DateTimeOffset.MaxValue);
            default:
                return Plan(RunPhase.Running, [], now);
        }
    }

    /// <summary>Waits for the look.</summary>
    public RoundPlan Wait(TimeSpan time) => Plan(RunPhase.Running, [Looking], now + time);

    /// <summary>Takes a step.</summary>
    public RoundPlan Go(ImageVerdict verdict)
    {
        Say("action", verdict.Image.Key, $"{(verdict.Step == SweepStep.Stay ? "finish what an earlier sweep began" : verdict.Step.ToString().ToLowerInvariant())}: {verdict.Reasons[0].Sentence}");
        return Plan(RunPhase.Running, [], now) with { Acts = true };
    }

    /// <summary>Ends it.</summary>
    public RoundPlan End(SweepLook look)
    {
        foreach (var place in look.Seen.Unread)
        {
            Say("unread", place.Account, $"account {place.Account}{(place.Region is null ? "" : $" in {place.Region}")} could not be read: {place.Why}; what could be in use there stays");
        }

        Say("ended", "run", $"{State.Summary}; {look.Verdicts.Length - State.Taken.Length} stay as they are");
        return Plan(State.Failures.IsEmpty ? RunPhase.Succeeded : RunPhase.Failed, [.. State.Failures.Take(MostReasons)], DateTimeOffset.MaxValue);
    }

    private static Reason Looking => new()
    {
        Code = "sweep-looking",
        Object = "images",
        Sentence = "Fleet looks at every account and region that images are in or shared with",
        Cure = "wait; nothing is changed before all is seen",
    };

    private static string Past(SweepStep step) => step switch
    {
        SweepStep.Deprecate => "deprecated",
        SweepStep.Disable => "disabled",
        SweepStep.Deregister => "deregistered, and its snapshots are deleted",
        SweepStep.Restore => "a step back, since something needs it again",
        _ => "as its record says",
    };

    private void Say(string kind, string subject, string message) => _journal.Add(new JournalEntry(now, kind, subject, message));

    private RoundPlan Plan(RunPhase phase, ImmutableArray<Reason> reasons, DateTimeOffset lookAgain) => new()
    {
        State = SweepJson.Write(State),
        Phase = run.Phase.To(phase),
        Reasons = reasons,
        Journal = _journal.ToImmutable(),
        Ledger = [],
        Handled = run.Request,
        LookAgain = lookAgain,
        Acts = false,
    };
}
