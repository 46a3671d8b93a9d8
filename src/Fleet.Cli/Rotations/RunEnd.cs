using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Cli.Runs;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Rotations;

/// <summary>What is said when a run has ended or stands.</summary>
internal static class RunEnd
{
    public static void Write(Scope scope, ParseResult parsed, Run run, IReadOnlyList<LedgerEntry> ledger)
    {
        var output = scope.Context.Output;
        Complain(scope.Context.Error, run);
        var format = scope.Format(parsed);
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            StructuredOutput.Write(output, format, RunDocument.Full(run, null, ledger));
            return;
        }

        var state = RotationJson.Read<RotationState>(run.State);
        var open = ledger.Count(entry => entry.Status == LedgerStatus.Open);
        output.WriteLine($"Run {run.Id} {Verb(run.Phase)} after {Elapsed.Of(run.Updated - run.Created)}: {state.Replaced} of {state.Outdated} outdated nodes replaced, {(open == 0 ? "nothing is left to be undone" : $"{open} changes are still to be undone")}.");
        if (!run.Phase.Stands())
        {
            return;
        }

        foreach (var reason in run.Reasons)
        {
            ReasonText.Write(output, reason);
        }

        output.WriteLine($"'fleet rotate {run.Cluster}/{run.Pool}' goes on with it, 'fleet runs cancel {run.Id}' gives it up.");
    }

    /// <summary>For pipelines, whose logs mark the standard error: why the run did not succeed, on one line each.</summary>
    private static void Complain(TextWriter error, Run run)
    {
        if (run.Phase == RunPhase.Succeeded)
        {
            return;
        }

        error.WriteLine($"error: run {run.Id} on {run.Cluster}/{run.Pool} {Verb(run.Phase)}{(run.Reasons.IsEmpty ? "" : ":")}");
        foreach (var reason in run.Reasons)
        {
            error.WriteLine($"  {reason.Sentence}{(reason.Cure is null ? "" : $"; {reason.Cure}")}");
        }
    }

    private static string Verb(RunPhase phase) => phase switch
    {
        RunPhase.Paused => "is paused",
        RunPhase.Stopped => "has stopped",
        RunPhase.Cancelled => "was cancelled",
        _ => RunDocument.Name(phase),
    };
}
