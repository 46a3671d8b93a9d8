using Fleet.Core.Disruption;
using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>Progress as lines, for pipes and logs: the journal without its single calls, and each thing that is newly waited for.</summary>
internal sealed class PlainDisplay(TextWriter output) : IRunDisplay
{
    private readonly HashSet<(string Code, string Object)> _waits = [];

    public Task ShowAsync(Func<Action<RunSnapshot>, Task> follow) => follow(Show);

    private void Show(RunSnapshot snapshot)
    {
        foreach (var entry in snapshot.Fresh.Where(entry => !IsDetail(entry)))
        {
            var text = JournalText.Of(entry);
            Line(snapshot.Run, entry.At, entry.Kind, entry.Subject == "run" || entry.Kind.StartsWith("builder", StringComparison.Ordinal) || text.Contains(entry.Subject, StringComparison.Ordinal) ? text : $"{entry.Subject}: {text}");
        }

        foreach (var reason in snapshot.Run.Reasons.Where(reason => !Passing(reason) && _waits.Add((reason.Code, reason.Object))))
        {
            Line(snapshot.Run, snapshot.Run.Updated, "waits", $"{reason.Sentence}{(reason.Cure is null ? "" : $"; {reason.Cure}")}");
        }

        _waits.IntersectWith(snapshot.Run.Reasons.Select(reason => (reason.Code, reason.Object)));
    }

    /// <summary>Single calls, and the to and fro between work and waits.</summary>
    private static bool IsDetail(JournalEntry entry) =>
        entry.Kind is "action" or "answer" or "evidence" || (entry.Kind == "phase" && entry.Message is "Running → Waiting" or "Waiting → Running");

    /// <summary>What every rotation waits for at every node, and what the journal tells anyway.</summary>
    private static bool Passing(Reason reason) => reason.Code is "node-joining" or "launch-missing" or "load-balancer-wait" or "node-leaving" or DisruptionCodes.BudgetInFlight;

    private void Line(Run run, DateTimeOffset at, string kind, string text) => output.WriteLine($"{Elapsed.Of(at - run.Created)}  {kind,-16} {text}");
}
