using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Cli.Backends;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Cli.Runs;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet why RUN [NODE]</c>.</summary>
internal static class WhyCommand
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static Command Create(Scope scope)
    {
        var id = new Argument<string>("RUN") { Description = "A run's id, as much of its beginning as is unique, or CLUSTER/POOL for the newest run there" };
        id.CompletionSources.Add(scope.Names.Runs);
        id.CompletionSources.Add(scope.Names.Pools);
        var node = new Argument<string?>("NODE") { Description = "Only what this node waits for", Arity = ArgumentArity.ZeroOrOne };
        var command = new ExampleCommand(
            "why", "Say what a run, or one of its nodes, waits for: object, limit, value and cure.", "fleet why prod/workers", "fleet why RUN ip-10-0-0-5.eu-central-1.compute.internal", "fleet why RUN -o json")
        {
            id,
            node,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (run, lease, _) = await FindAsync(backend, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var asked = parsed.GetValue(node);
            var own = run.Reasons.Where(reason => asked is null || reason.Node == asked || reason.Object.Split(' ').Contains(asked)).ToList();
            var orphan = Orphans.ReasonOf(run, lease, scope.Context.Wall.GetUtcNow());
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, new JsonObject
                {
                    ["run"] = run.Id,
                    ["phase"] = RunDocument.Name(run.Phase),
                    ["node"] = asked,
                    ["reasons"] = JsonSerializer.SerializeToNode(orphan is null ? own : [orphan, .. own], Web),
                });
            }
            else
            {
                Write(scope.Context.Output, run, orphan, asked, own);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<RunRecord> FindAsync(IBackend backend, string text, CancellationToken cancellationToken)
    {
        if (text.Split('/') is not [var cluster, var pool])
        {
            return await RunLookup.FindAsync(backend, text, cancellationToken).ConfigureAwait(false);
        }

        var runs = await backend.RunsAsync(cluster, pool, unfinishedOnly: false, cancellationToken).ConfigureAwait(false);
        return runs.Count > 0 ? (await backend.RunAsync(runs[0].Id, cancellationToken).ConfigureAwait(false))! : throw RefusedException.Because("not-found", "RUN", text, null, $"there has been no run on {text}; 'fleet runs list' shows all");
    }

    private static void Write(TextWriter output, Run run, Reason? orphan, string? node, List<Reason> own)
    {
        output.WriteLine($"Run {run.Id} on {run.Place} is {RunDocument.Name(run.Phase)}{(WaiverText.Of(run) is { } waived && !run.Phase.IsFinal() ? $"; {waived}" : "")}.");
        if (orphan is not null)
        {
            ReasonText.Write(output, orphan);
        }

        if (node is not null)
        {
            var row = (run.Kind == RotationSpec.Kind ? NodeRow.Of(run, RotationJson.Read<RotationState>(run.State)) : []).FirstOrDefault(row => row.Name == node);
            output.WriteLine(row is null ? $"Node {node} is not on its way in or out{(own.Count == 0 && run.Reasons.Length > 0 ? "; the run as a whole waits for:" : ".")}" : $"Node {node} is {row.State} for {Elapsed.Of(run.Updated - row.Since)}.");
            own = own.Count == 0 && row is null ? [.. run.Reasons] : own;
        }

        if (own.Count == 0 && orphan is null)
        {
            output.WriteLine(run.Phase.IsFinal() ? "It has ended and waits for nothing." : "It waits for nothing in particular now.");
        }

        foreach (var reason in own)
        {
            output.WriteLine();
            ReasonText.Write(output, reason);
        }
    }
}
