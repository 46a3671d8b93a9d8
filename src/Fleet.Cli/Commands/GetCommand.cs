using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Backends;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet get KIND [NAME]</c>.</summary>
internal static class GetCommand
{
    public static Command Create(Scope scope)
    {
        var kind = Catalogue.KindArgument();
        var name = new Argument<string?>("NAME") { Description = "A cluster's, schedule's or recipe's name; CLUSTER/POOL or POOL for a node pool", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(context => Catalogue.Complete(scope, kind, context));
        var command = new ExampleCommand(
            "get",
            "List clusters, node pools, schedules or recipes, or show one. With -o yaml or json the spec is as it was put; what Fleet observed is under status.",
            "fleet get clusters",
            "fleet get nodepools -o wide",
            "fleet get nodepool prod/workers -o yaml")
        {
            kind,
            name,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var catalogue = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
            var output = scope.Context.Output;
            var wanted = Catalogue.Kind(parsed.GetValue(kind)!);
            if (wanted == ResourceKind.Cluster)
            {
                IReadOnlyList<ClusterSpec> clusters = parsed.GetValue(name) is { } one ? [catalogue.Cluster(one)] : catalogue.Clusters;
                Write(scope, parsed, name, [.. clusters.Select(ResourceDocument.Of)], () => Table(clusters, catalogue, scope.Format(parsed) == OutputFormat.Wide).WriteTo(output));
            }
            else if (wanted == ResourceKind.Schedule)
            {
                IReadOnlyList<ScheduleSpec> schedules = parsed.GetValue(name) is { } one ? [catalogue.Schedule(one)] : catalogue.Declared.Schedules;
                var documents = new List<JsonNode>();
                foreach (var schedule in schedules)
                {
                    var document = ResourceDocument.Declared(schedule);
                    document["status"] = await backend.StatusAsync(schedule, cancellationToken).ConfigureAwait(false);
                    documents.Add(document);
                }

                Write(scope, parsed, name, [.. documents], () => Table(schedules, documents).WriteTo(output));
            }
            else if (wanted == ResourceKind.Recipe)
            {
                IReadOnlyList<RecipeSpec> recipes = parsed.GetValue(name) is { } one ? [catalogue.Recipe(one)] : catalogue.Declared.Recipes;
                var documents = new List<JsonNode>();
                foreach (var recipe in recipes)
                {
                    var document = ResourceDocument.Declared(recipe);
                    document["status"] = await backend.StatusAsync(recipe, cancellationToken).ConfigureAwait(false);
                    documents.Add(document);
                }

                Write(scope, parsed, name, [.. documents], () => Table(recipes, documents).WriteTo(output));
            }
            else
            {
                IReadOnlyList<NodePoolSpec> pools = parsed.GetValue(name) is { } one ? [catalogue.Pool(one)] : catalogue.Pools;
                var statuses = await StatusesAsync(backend, pools, cancellationToken).ConfigureAwait(false);
                Write(
                    scope,
                    parsed,
                    name,
                    [.. pools.Zip(statuses, (pool, status) => ResourceDocument.Of(pool, status, catalogue.RunOn(pool)))],
                    () => Table(pools, statuses, catalogue, scope.Format(parsed) == OutputFormat.Wide).WriteTo(output));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Scope scope, ParseResult parsed, Argument<string?> name, IReadOnlyList<JsonNode> documents, Action table)
    {
        var format = scope.Format(parsed);
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            if (parsed.GetValue(name) is not null)
            {
                StructuredOutput.Write(scope.Context.Output, format, documents[0]);
            }
            else
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, documents);
            }
        }
        else if (documents.Count == 0)
        {
            scope.Context.Error.WriteLine("Nothing is declared yet; 'fleet apply -f FILE' declares clusters, node pools, schedules and recipes.");
        }
        else
        {
            table();
        }
    }

    private static TextTable Table(IEnumerable<ClusterSpec> clusters, Catalogue catalogue, bool wide)
    {
        var table = new TextTable([.. (string[])["NAME", "ACCOUNT", "REGION", "POOLS", "IDENTITY"], .. wide ? (string[])["CONTEXT", "KUBECONFIG", "LABELS"] : []]);
        foreach (var cluster in clusters)
        {
            var pools = catalogue.Pools.Count(pool => pool.Cluster == cluster.Name);
            var identity = cluster.KubeSystemUid is null ? "not pinned yet" : wide ? cluster.KubeSystemUid : "pinned";
            table.Add([cluster.Name, cluster.Account, cluster.Region, $"{pools}", identity, .. wide ? (string?[])[cluster.Context, cluster.Kubeconfig, Labels(cluster.Labels)] : []]);
        }

        return table;
    }

    private static TextTable Table(IReadOnlyList<NodePoolSpec> pools, IReadOnlyList<PoolStatus> statuses, Catalogue catalogue, bool wide)
    {
        var table = new TextTable([.. (string[])["CLUSTER", "NAME", "GROUPS", "IMAGE", "SURGE", "UNAVAILABLE", "RUN"], .. wide ? (string[])["LAST GOOD", "LABELS"] : []]);
        foreach (var (pool, status) in pools.Zip(statuses))
        {
            var run = catalogue.RunOn(pool) is { } found ? $"{found.Id} {found.Phase.ToString().ToLowerInvariant()}" : null;
            var rotation = pool.Rotation;
            table.Add(
            [
                pool.Cluster, pool.Name, string.Join(",", pool.Groups), pool.Image?.ToString(), rotation.MaxSurge.ToString(), rotation.MaxUnavailable.ToString(), run,
                .. wide ? (string?[])[Labels(status.LastGood), Labels(pool.Labels)] : [],
            ]);
        }

        return table;
    }

    private static TextTable Table(IEnumerable<ScheduleSpec> schedules, IEnumerable<JsonNode> documents)
    {
        var table = new TextTable("NAME", "CLUSTER", "POOLS", "CRON", "ZONE", "LAST", "NEXT");
        foreach (var (schedule, document) in schedules.Zip(documents))
        {
            var status = document["status"]!;
            var next = (bool)status["suspended"]! ? "suspended" : (string?)status["next"]![0];
            var last = status["open"] is not null ? "open" : (string?)status["recent"]!.AsArray().FirstOrDefault()?["end"];
            table.Add(schedule.Name, schedule.Cluster, schedule.Pools.IsEmpty ? "all" : string.Join(",", schedule.Pools), schedule.Cron, schedule.TimeZone, last, next);
        }

        return table;
    }

    private static TextTable Table(IEnumerable<RecipeSpec> recipes, IEnumerable<JsonNode> documents)
    {
        var table = new TextTable("NAME", "KUBERNETES", "ARCHITECTURE", "STARTS FROM", "REGIONS", "STABLE", "CANDIDATE");
        foreach (var (recipe, document) in recipes.Zip(documents))
        {
            var status = document["status"]!;
            table.Add(recipe.Name, recipe.KubernetesVersion ?? "its parent's", recipe.Architecture, recipe.Parent is { } parent ? $"recipe {parent}" : $"{recipe.Base}", string.Join(",", recipe.Regions), (string?)status["stable"], (string?)status["candidate"]);
        }

        return table;
    }

    private static string Labels(IReadOnlyDictionary<string, string> labels) =>
        string.Join(",", labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    private static async Task<IReadOnlyList<PoolStatus>> StatusesAsync(IBackend backend, IEnumerable<NodePoolSpec> pools, CancellationToken cancellationToken)
    {
        var statuses = new List<PoolStatus>();
        foreach (var pool in pools)
        {
            statuses.Add(await backend.StatusAsync(pool, cancellationToken).ConfigureAwait(false));
        }

        return statuses;
    }
}
