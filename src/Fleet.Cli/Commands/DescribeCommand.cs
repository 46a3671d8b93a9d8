using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Backends;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet describe KIND [NAME]</c>: what Fleet goes by, defaults written out, and what it knows.</summary>
internal static class DescribeCommand
{
    private const int RecentRuns = 5;

    public static Command Create(Scope scope)
    {
        var kind = Catalogue.KindArgument();
        var name = new Argument<string?>("NAME") { Description = "A cluster's, schedule's or recipe's name; CLUSTER/POOL or POOL for a node pool; all where absent", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(context => Catalogue.Complete(scope, kind, context));
        var command = new ExampleCommand(
            "describe",
            "Show clusters, node pools, schedules or recipes in full: the spec with all defaults, what Fleet observed, and the latest runs.",
            "fleet describe cluster prod",
            "fleet describe nodepool prod/workers")
        {
            kind,
            name,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var catalogue = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
            var documents = new List<JsonNode>();
            var one = parsed.GetValue(name);
            var wanted = Catalogue.Kind(parsed.GetValue(kind)!);
            if (wanted == ResourceKind.Cluster)
            {
                foreach (var cluster in one is null ? catalogue.Clusters : [catalogue.Cluster(one)])
                {
                    documents.Add(await ClusterAsync(backend, catalogue, cluster, cancellationToken).ConfigureAwait(false));
                }
            }
            else if (wanted == ResourceKind.Schedule)
            {
                foreach (var schedule in one is null ? catalogue.Declared.Schedules : [catalogue.Schedule(one)])
                {
                    var document = EffectiveDocument.Of(schedule);
                    document["status"] = await backend.StatusAsync(schedule, cancellationToken).ConfigureAwait(false);
                    documents.Add(document);
                }
            }
            else if (wanted == ResourceKind.Recipe)
            {
                foreach (var recipe in one is null ? catalogue.Declared.Recipes : [catalogue.Recipe(one)])
                {
                    var document = RecipeDocument.Effective(recipe);
                    document["status"] = await backend.StatusAsync(recipe, cancellationToken).ConfigureAwait(false);
                    documents.Add(document);
                }
            }
            else
            {
                foreach (var pool in one is null ? catalogue.Pools : [catalogue.Pool(one)])
                {
                    documents.Add(await PoolAsync(backend, pool, cancellationToken).ConfigureAwait(false));
                }
            }

            var format = scope.Format(parsed) == OutputFormat.Json ? OutputFormat.Json : OutputFormat.Yaml;
            StructuredOutput.WriteAll(scope.Context.Output, format, documents);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<JsonNode> ClusterAsync(IBackend backend, Catalogue catalogue, ClusterSpec cluster, CancellationToken cancellationToken)
    {
        var document = EffectiveDocument.Of(cluster);
        document["status"] = new JsonObject
        {
            ["kubeSystemUid"] = cluster.KubeSystemUid ?? "not pinned yet: done when the API server first answers",
            ["pools"] = new JsonArray([.. catalogue.Pools.Where(pool => pool.Cluster == cluster.Name).Select(pool => JsonValue.Create(pool.Name))]),
            ["runs"] = Recent(await backend.RunsAsync(cluster.Name, null, unfinishedOnly: false, cancellationToken).ConfigureAwait(false)),
        };
        return document;
    }

    private static async Task<JsonNode> PoolAsync(IBackend backend, NodePoolSpec pool, CancellationToken cancellationToken)
    {
        var status = await backend.StatusAsync(pool, cancellationToken).ConfigureAwait(false);
        var document = EffectiveDocument.Of(pool);
        document["status"] = new JsonObject
        {
            ["lastGood"] = new JsonObject(status.LastGood.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
            ["runs"] = Recent(await backend.RunsAsync(pool.Cluster, pool.Name, unfinishedOnly: false, cancellationToken).ConfigureAwait(false)),
        };
        return document;
    }

    private static JsonArray Recent(IEnumerable<Run> runs) => new([.. runs.Take(RecentRuns).Select(RunDocument.Brief)]);
}
