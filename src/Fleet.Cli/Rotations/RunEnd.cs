using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Cli.Runs;
using Fleet.Core.Builds;
using Fleet.Core.Promotions.Orders;
using Fleet.Core.Retirement;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Retirement;

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

        var open = ledger.Count(entry => entry.Status == LedgerStatus.Open);
        output.WriteLine($"Run {run.Id} {Verb(run.Phase)} after {Elapsed.Of(run.Updated - run.Created)}: {Outcome(run)}, {(open == 0 ? "nothing is left to be undone" : $"{open} changes are still to be undone")}.");
        if (!run.Phase.Stands())
        {
            return;
        }

        foreach (var reason in run.Reasons)
        {
            ReasonText.Write(output, reason);
        }

        output.WriteLine($"'{TakingUp.Command(run)}' goes on with it, 'fleet runs cancel {run.Id}' gives it up.");
    }

    private static string Outcome(Run run)
    {
        if (run.Kind == BuildHost.Kind)
        {
            var build = BuildJson.Read<BuildState>(run.State);
            return build is { ImageId: { } image, Source: { } source } ? $"{run.Pool}/{source.Version} is {image}" : "no image was made";
        }

        if (run.Kind == SweepHost.Kind)
        {
            return SweepJson.Read<SweepState>(run.State).Summary;
        }

        if (run.Kind == ImagePromotionOrderReader.Kind)
        {
            return run.Phase == RunPhase.Succeeded ? $"{run.Pool} is stable" : $"{run.Pool} was not promoted";
        }

        var state = RotationJson.Read<RotationState>(run.State);
        return $"{state.Replaced} of {state.Outdated} outdated nodes replaced";
    }

    /// <summary>For pipelines, whose logs mark the standard error: why the run did not succeed, on one line each.</summary>
    private static void Complain(TextWriter error, Run run)
    {
        if (run.Phase == RunPhase.Succeeded)
        {
            return;
        }

        error.WriteLine($"error: run {run.Id} on {run.Place} {Verb(run.Phase)}{(run.Reasons.IsEmpty ? "" : ":")}");
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
