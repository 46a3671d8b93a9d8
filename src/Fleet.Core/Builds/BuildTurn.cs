using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Fleet.Core.Builds.Actions;
using Fleet.Core.Images;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>A round of an image build while it is decided.</summary>
internal sealed partial class BuildTurn(Run run, BuildSpec spec, BuildState state, ImmutableArray<LedgerEntry> ledger, BuildObservation seen, DateTimeOffset now)
{
    /// <summary>So many lines of a builder's are kept; of what it says beyond, its steps and errors alone.</summary>
    private const int MostLines = 5000;

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ImmutableArray<JournalEntry>.Builder _journal = ImmutableArray.CreateBuilder<JournalEntry>();

    public Run Run => run;

    public BuildSpec Spec => spec;

    public BuildObservation Seen => seen;

    public DateTimeOffset Now => now;

    public BuildState State { get; set; } = state with
    {
        Groups = [.. state.Groups.Union(seen.Leftovers.Groups.Values).Order(StringComparer.Ordinal)],
        Proving = state.Proving is { Seen: false } proving && !seen.Leftovers.Instances.IsEmpty ? proving with { Seen = true } : state.Proving,
    };

    public BuildSource Source => State.Source!;

    public void Say(string kind, string subject, string message) => _journal.Add(new JournalEntry(now, kind, subject, message));

    /// <summary>Takes what the builder said: lines for the journal, its step, and the names of temporary groups, by which they are found when it is gone.</summary>
    public void Hear()
    {
        foreach (var line in seen.Heard)
        {
            var step = Step().Match(line.Text);
            if (step.Success)
            {
                State = State with { Step = step.Groups[1].Value };
            }

            if (Group().Match(line.Text) is { Success: true } group && !State.Groups.Contains(group.Groups[1].Value))
            {
                State = State with { Groups = State.Groups.Add(group.Groups[1].Value) };
            }

            if (State.Lines < MostLines || line.IsError || step.Success)
            {
                _journal.Add(new JournalEntry(line.At, line.IsError ? "builder-error" : "builder", Source.ImageName, line.Text));
                State = State with { Lines = State.Lines + 1 };
            }
        }
    }

    /// <summary>Fleet's record of the version, as its build begins.</summary>
    public ImageRecord Record() => new()
    {
        Recipe = spec.Recipe.Name,
        Version = Source.Version,
        Source = Source.Digest,
        Name = Source.ImageName,
        Account = spec.Recipe.Account,
        KubernetesVersion = Source.KubernetesVersion,
        Architecture = Source.Architecture,
        BaseImage = Source.BaseImage,
        Parent = Source.Parent,
        Run = run.Id,
        Created = now,
        Changed = now,
    };

    /// <summary>Goes on at once.</summary>
    public BuildDecision Go(params BuildAction[] actions) => Decided(RunPhase.Running, [], actions, TimeSpan.Zero);

    /// <summary>Waits.</summary>
    public BuildDecision Wait(TimeSpan time, Reason reason) => Decided(RunPhase.Running, [reason], [], time);

    /// <summary>Acts, and says what is waited for; after a failure, not at once again.</summary>
    public BuildDecision Try(Reason reason, BuildAction action) => Decided(
        seen.Failures.IsEmpty ? RunPhase.Running : RunPhase.Waiting,
        seen.Failures.IsEmpty ? [reason] : [.. seen.Failures.Select(failure => BuildReasons.Failing(reason.Object, failure.Message))],
        [action],
        !seen.Failures.IsEmpty ? Retry : action is RemoveLeftovers ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);

    /// <summary>Gives the image up; what was made is removed before the run ends.</summary>
    public BuildDecision Give(BuildEnding ending, params ImmutableArray<Reason> why)
    {
        Say("given-up", Source.ImageName, string.Join("; ", why.Select(reason => reason.Sentence)));
        State = State with { Ending = ending, Why = why, Stage = BuildStage.Clearing, ImageId = null, Step = null };
        return Go();
    }

    /// <summary>Ends the run.</summary>
    public BuildDecision End(RunPhase phase, ImmutableArray<Reason> reasons, string how, string? kept = null)
    {
        Say("ended", "run", how);
        return Decided(phase, reasons, [], TimeSpan.Zero) with { Ledger = BuildLedger.Settle(ledger, kept, State.Proving is { Kept: true, Instance: { } stays } ? stays : null, now) };
    }

    private BuildDecision Decided(RunPhase phase, ImmutableArray<Reason> reasons, BuildAction[] actions, TimeSpan lookAgain)
    {
        foreach (var action in actions.Where(action => action.Told && seen.Failures.IsEmpty))
        {
            Say("action", action.Subject, action.Text);
        }

        return new BuildDecision { State = State, Phase = run.Phase.To(phase), Reasons = reasons, Actions = [.. actions], Journal = _journal.ToImmutable(), LookAgain = lookAgain };
    }

    /// <summary>Packer's own steps, <c>==> amazon-ebs.worker: Waiting for instance …</c>.</summary>
    [GeneratedRegex(@"^==> [^:]+: (.+)$")]
    private static partial Regex Step();

    [GeneratedRegex(@"\b(packer_[0-9a-fA-F-]{8,})\b")]
    private static partial Regex Group();
}
