using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Cli.Runs;
using Fleet.Core.Access;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs show ID</c>.</summary>
internal static class RunsShowCommand
{
    public static Command Create(Scope scope)
    {
        var id = RunLookup.Argument(scope);
        var command = new ExampleCommand("show", "Show a run: phase, what it waits for, who drives it, and what is still to be undone.", "fleet runs show RUN", "fleet runs show RUN -o json") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (run, lease, ledger) = await RunLookup.FindAsync(backend, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, RunDocument.Full(run, lease, ledger));
            }
            else
            {
                Write(scope.Context, run, lease, ledger);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(CliContext context, Run run, RunLease? lease, IReadOnlyList<LedgerEntry> ledger)
    {
        var output = context.Output;
        output.WriteLine($"Run:      {run.Id}");
        output.WriteLine($"Kind:     {run.Kind}");
        output.WriteLine($"Target:   {run.Place}");
        output.WriteLine($"Phase:    {RunDocument.Name(run.Phase)}{(run.Request == RunRequest.None ? "" : $" (asked to {RunDocument.Name(run.Request)})")}");
        if (WaiverText.Of(run) is { } waived)
        {
            output.WriteLine($"Windows:  {waived}");
        }

        output.WriteLine($"Created:  {RunDocument.Instant(run.Created)}");
        output.WriteLine($"Started:  {(run.StartedBy is null ? "by nobody known" : $"by {new Caller(run.StartedBy, [], run.Person).Described}")}");
        output.WriteLine($"Updated:  {RunDocument.Instant(run.Updated)}");
        output.WriteLine($"Driver:   {Driver(lease, context.Wall.GetUtcNow())}");
        foreach (var reason in run.Reasons)
        {
            output.WriteLine();
            ReasonText.Write(output, reason);
        }

        var open = ledger.Where(entry => entry.Status == LedgerStatus.Open).ToList();
        output.WriteLine();
        output.WriteLine(open.Count == 0 ? "Nothing is left to be undone." : $"To be undone: {open.Count}");
        foreach (var entry in open)
        {
            output.WriteLine($"  {entry.Kind} on {entry.Subject}: {entry.Mine ?? "(absent)"}, was {entry.Before ?? "(absent)"}{(entry.Note is null ? "" : $" ({entry.Note})")}");
        }
    }

    private static string Driver(RunLease? lease, DateTimeOffset now) => lease is null ? "nobody"
        : lease.Expires > now ? $"{lease.Owner} until {RunDocument.Instant(lease.Expires)}"
        : $"nobody; {lease.Owner} until {RunDocument.Instant(lease.Expires)}";
}
