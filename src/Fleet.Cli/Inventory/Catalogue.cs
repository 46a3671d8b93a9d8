using System.CommandLine;
using System.CommandLine.Completions;
using Fleet.Cli.Backends;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;

namespace Fleet.Cli.Inventory;

/// <summary>The declared resources as a command finds them, looked up by what the user wrote.</summary>
internal sealed class Catalogue
{
    private static readonly Dictionary<string, ResourceKind> KindNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cluster"] = ResourceKind.Cluster,
        ["clusters"] = ResourceKind.Cluster,
        ["nodepool"] = ResourceKind.NodePool,
        ["nodepools"] = ResourceKind.NodePool,
        ["pool"] = ResourceKind.NodePool,
        ["pools"] = ResourceKind.NodePool,
        ["schedule"] = ResourceKind.Schedule,
        ["schedules"] = ResourceKind.Schedule,
        ["recipe"] = ResourceKind.Recipe,
        ["recipes"] = ResourceKind.Recipe,
    };

    /// <summary>What an error names as kinds.</summary>
    private const string Kinds = "cluster, nodepool, schedule or recipe";

    public required InventorySnapshot Declared { get; init; }

    public IReadOnlyList<ClusterSpec> Clusters => Declared.Clusters;

    public IReadOnlyList<NodePoolSpec> Pools => Declared.Pools;

    public required IReadOnlyList<Run> Unfinished { get; init; }

    /// <summary>The argument KIND.</summary>
    public static Argument<string> KindArgument()
    {
        var kind = new Argument<string>("KIND") { Description = "cluster, nodepool, schedule or recipe (also: clusters, nodepools, pool, pools, schedules, recipes)" };
        kind.CompletionSources.Add("cluster", "nodepool", "schedule", "recipe");
        return kind;
    }

    /// <summary>Completes the argument NAME that follows KIND.</summary>
    public static IEnumerable<CompletionItem> Complete(Scope scope, Argument<string> kind, CompletionContext context) =>
        !KindNames.TryGetValue(context.ParseResult.GetValue(kind) ?? "", out var wanted) ? []
        : wanted == ResourceKind.Cluster ? scope.Names.Clusters(context)
        : wanted == ResourceKind.NodePool ? scope.Names.Pools(context)
        : wanted == ResourceKind.Recipe ? scope.Names.Recipes(context)
        : scope.Names.Schedules(context);

    public static ResourceKind Kind(string text) => KindNames.TryGetValue(text, out var kind)
        ? kind
        : throw RefusedException.Because("unknown-kind", "KIND", text, Kinds, $"'{text}' is no kind; allowed: {Kinds}{NearestNames.Hint(text, KindNames.Keys)}");

    public static async Task<Catalogue> LoadAsync(IBackend backend, CancellationToken cancellationToken) => new()
    {
        Declared = new()
        {
            Clusters = await backend.ClustersAsync(cancellationToken).ConfigureAwait(false),
            Pools = await backend.PoolsAsync(cancellationToken).ConfigureAwait(false),
            Schedules = await backend.SchedulesAsync(cancellationToken).ConfigureAwait(false),
            Recipes = await backend.RecipesAsync(cancellationToken).ConfigureAwait(false),
        },
        Unfinished = await backend.RunsAsync(null, null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false),
    };

    /// <summary>The cluster of a name.</summary>
    public ClusterSpec Cluster(string name) => Clusters.FirstOrDefault(cluster => cluster.Name == name)
        ?? throw Unknown("cluster", name, Clusters.Select(cluster => cluster.Name));

    /// <summary>The pool CLUSTER/POOL; the pool's name alone will do where one cluster has it.</summary>
    public NodePoolSpec Pool(string name)
    {
        var found = Pools.Where(pool => $"{pool.Cluster}/{pool.Name}" == name || pool.Name == name).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw Unknown("node pool", name, Pools.Select(pool => $"{pool.Cluster}/{pool.Name}").Concat(name.Contains('/') ? [] : Pools.Select(pool => pool.Name))),
            _ => throw RefusedException.Because(
                "ambiguous-name", "NAME", name, string.Join(", ", found.Select(pool => $"{pool.Cluster}/{pool.Name}")), $"several clusters have a pool '{name}': {string.Join(", ", found.Select(pool => $"{pool.Cluster}/{pool.Name}"))}"),
        };
    }

    /// <summary>The schedule of a name.</summary>
    public ScheduleSpec Schedule(string name) => Declared.Schedules.FirstOrDefault(schedule => schedule.Name == name)
        ?? throw Unknown("schedule", name, Declared.Schedules.Select(schedule => schedule.Name));

    /// <summary>The recipe of a name.</summary>
    public RecipeSpec Recipe(string name) => Declared.Recipes.FirstOrDefault(recipe => recipe.Name == name)
        ?? throw Unknown("recipe", name, Declared.Recipes.Select(recipe => recipe.Name));

    /// <summary>The run that is under way on a pool, the first in its queue.</summary>
    public Run? RunOn(NodePoolSpec pool) => Unfinished.Where(run => run.Cluster == pool.Cluster && run.Pool == pool.Name).MinBy(run => run.Turn);

    private static RefusedException Unknown(string kind, string name, IEnumerable<string> known)
    {
        var names = known.ToList();
        var hint = NearestNames.Hint(name, names);
        var rest = names.Count == 0 ? "; there is none yet" : $"; there are: {string.Join(", ", names.Order(StringComparer.Ordinal).Take(10))}";
        return RefusedException.Because("not-found", "NAME", name, string.Join(", ", names), $"there is no {kind} '{name}'{(hint.Length > 0 ? hint : rest)}");
    }
}
