using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet apply -f FILE</c>: declares clusters, node pools and schedules, all or none.</summary>
internal static class ApplyCommand
{
    public static Command Create(Scope scope)
    {
        var files = new Option<string[]>("--filename", "-f")
        {
            Description = "A file or folder of YAML or JSON documents, or - for the standard input; may be given several times",
            HelpName = "FILE",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
        };
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "apply",
            "Declare clusters, node pools and schedules: shows what would change and asks. All documents are applied, or none.",
            "fleet apply -f prod.yaml",
            "fleet apply -f cluster.yaml -f pools.yaml --dry-run",
            "cat prod.yaml | fleet apply -f - --yes")
        {
            files,
        };
        confirmation.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(scope, parsed, parsed.GetValue(files)!, confirmation, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Scope scope, ParseResult parsed, string[] files, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var (documents, unreadable) = await InputFiles.ReadAsync(files, scope.Context.Input, cancellationToken).ConfigureAwait(false);
        using var backend = scope.Open(parsed);
        var stored = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
        var declared = InventoryReader.Read(documents, stored.Declared);
        if (unreadable.Length + declared.Errors.Length > 0)
        {
            throw new RefusedException([.. unreadable, .. declared.Errors]);
        }

        var notes = await backend.IdentifyAsync(declared.Clusters, stored.Clusters, cancellationToken).ConfigureAwait(false);
        var plan = new ApplyPlan(declared, stored);
        plan.Notes.AddRange(notes);
        Show(scope, parsed, plan);
        if (plan.IsEmpty)
        {
            await backend.PinAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var (goAhead, exitCode) = await confirmation.AskAsync(parsed, canAnswer: !files.Contains("-")).ConfigureAwait(false);
        if (goAhead)
        {
            await backend.ApplyAsync(declared, cancellationToken).ConfigureAwait(false);
            await scope.Context.Error.WriteLineAsync("Applied.").ConfigureAwait(false);
        }

        return exitCode;
    }

    private static void Show(Scope scope, ParseResult parsed, ApplyPlan plan)
    {
        var format = scope.Format(parsed);
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            StructuredOutput.Write(scope.Context.Output, format, new JsonObject { ["plan"] = plan.ToJson(), ["notes"] = new JsonArray([.. plan.Notes.Select(note => JsonValue.Create(note))]) });
        }
        else
        {
            plan.WriteTo(scope.Context.Output);
        }
    }
}
