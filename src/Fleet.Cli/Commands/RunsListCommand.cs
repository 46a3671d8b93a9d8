using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs list [CLUSTER[/POOL]]</c>.</summary>
internal static class RunsListCommand
{
    public static Command Create(Scope scope)
    {
        var place = new Argument<string?>("CLUSTER[/POOL]") { Description = "Only runs of a cluster, or of a pool", Arity = ArgumentArity.ZeroOrOne };
        var unfinished = new Option<bool>("--unfinished") { Description = "Only runs that are not in a final phase" };
        var command = new ExampleCommand("list", "List runs, newest first.", "fleet runs list", "fleet runs list prod/workers --unfinished", "fleet runs list -o json")
        {
            place,
            unfinished,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var parts = parsed.GetValue(place)?.Split('/', 2);
            var runs = await backend.RunsAsync(parts?[0], parts?.Length > 1 ? parts[1] : null, parsed.GetValue(unfinished), cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, [.. runs.Select(RunDocument.Brief)]);
            }
            else if (runs.Count == 0)
            {
                await scope.Context.Error.WriteLineAsync("No runs.").ConfigureAwait(false);
            }
            else
            {
                Table(runs, format == OutputFormat.Wide).WriteTo(scope.Context.Output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static TextTable Table(IEnumerable<Run> runs, bool wide)
    {
        var table = new TextTable([.. (string[])["ID", "KIND", "TARGET", "PHASE", "REQUEST", "CREATED", "WAITS FOR"], .. wide ? (string[])["UPDATED", "PARENT"] : []]);
        foreach (var run in runs)
        {
            var target = run.Place;
            var request = run.Request == RunRequest.None ? null : RunDocument.Name(run.Request);
            var more = run.Reasons.Length > 1 ? $" (and {run.Reasons.Length - 1} more)" : "";
            var reason = run.Reasons.IsEmpty ? null : run.Reasons[0].Sentence + more;
            table.Add(
            [
                run.Id, run.Kind, target, RunDocument.Name(run.Phase), request, RunDocument.Instant(run.Created), reason,
                .. wide ? (string?[])[RunDocument.Instant(run.Updated), run.Parent] : [],
            ]);
        }

        return table;
    }
}
