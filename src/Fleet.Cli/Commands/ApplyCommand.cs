using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Inventory;
using Fleet.Storage;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet apply -f FILE</c>: declares clusters and node pools, all or none.</summary>
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
            "Declare clusters and node pools: shows what would change and asks. All documents are applied, or none.",
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
        using var store = scope.OpenStore(parsed);
        var stored = await Catalogue.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        var declared = InventoryReader.Read(documents, stored.Clusters, stored.Pools);
        if (unreadable.Length + declared.Errors.Length > 0)
        {
            throw new RefusedException([.. unreadable, .. declared.Errors]);
        }

        var identities = await IdentifyAsync(scope, declared, stored, cancellationToken).ConfigureAwait(false);
        var plan = new ApplyPlan(declared, stored);
        plan.Notes.AddRange(identities.Where(identity => identity.Uid is null && identity.Pinned is null)
            .Select(identity => $"the API server of {identity.Cluster} was not reached; its identity is pinned when it first answers"));
        Show(scope, parsed, plan);
        if (plan.IsEmpty)
        {
            await PinAsync(store, identities, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var (goAhead, exitCode) = await confirmation.AskAsync(parsed, canAnswer: !files.Contains("-")).ConfigureAwait(false);
        if (goAhead)
        {
            await StoreAsync(store, declared, cancellationToken).ConfigureAwait(false);
            await PinAsync(store, identities, cancellationToken).ConfigureAwait(false);
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

    private static async Task StoreAsync(SqlStore store, Declarations declared, CancellationToken cancellationToken)
    {
        try
        {
            await store.ApplyAsync(declared.Clusters, declared.Pools, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException changed)
        {
            // Another process changed the inventory between the plan and the consent.
            throw RefusedException.Because("conflict", "--filename", null, null, changed.Message);
        }
    }

    /// <summary>Asks every declared cluster who it is; another than the pinned one is refused, silence is not.</summary>
    private static async Task<IReadOnlyList<(string Cluster, string? Pinned, string? Uid)>> IdentifyAsync(
        Scope scope, Declarations declared, Catalogue stored, CancellationToken cancellationToken)
    {
        var identities = new List<(string Cluster, string? Pinned, string? Uid)>();
        var errors = new List<InputError>();
        foreach (var cluster in declared.Clusters)
        {
            var pinned = stored.Clusters.FirstOrDefault(candidate => candidate.Name == cluster.Name)?.KubeSystemUid ?? cluster.KubeSystemUid;
            var uid = await scope.Context.Identify(cluster, cancellationToken).ConfigureAwait(false);
            identities.Add((cluster.Name, pinned, uid));
            if (pinned is not null && uid is not null && uid != pinned)
            {
                errors.Add(InputError.Argument("wrong-cluster", $"cluster {cluster.Name}", uid, pinned, InventoryRules.PinnedElsewhere(cluster.Name, pinned, uid)));
            }
        }

        return errors.Count == 0 ? identities : throw new RefusedException(errors);
    }

    private static async Task PinAsync(SqlStore store, IReadOnlyList<(string Cluster, string? Pinned, string? Uid)> identities, CancellationToken cancellationToken)
    {
        foreach (var (cluster, _, uid) in identities.Where(identity => identity.Pinned is null && identity.Uid is not null))
        {
            await store.PinAsync(cluster, uid!, cancellationToken).ConfigureAwait(false);
        }
    }
}
