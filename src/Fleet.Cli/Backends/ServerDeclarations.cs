using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Schedules;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Backends;

/// <summary>Clusters, pools and schedules as a server has them declared.</summary>
/// <param name="client">The server.</param>
/// <param name="notes">Takes what else there is to say.</param>
internal sealed class ServerDeclarations(ServerClient client, TextWriter notes)
{
    /// <summary>What was read: the document of each path, as it was put. What is written must have been so until then.</summary>
    private readonly Dictionary<string, JsonObject> _seen = [];

    private readonly Dictionary<string, PoolStatus> _statuses = [];

    public async Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken)
    {
        var documents = (await client.GetAsync("v1/clusters", cancellationToken).ConfigureAwait(false)).Items.ToList();
        return [.. documents.Select(Cluster)];
    }

    public async Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(CancellationToken cancellationToken)
    {
        var clusters = await ClustersAsync(cancellationToken).ConfigureAwait(false);
        var lists = await Task.WhenAll(clusters.Select(cluster => client.GetAsync($"{Path(cluster)}/pools", cancellationToken))).ConfigureAwait(false);
        return [.. clusters.Zip(lists).SelectMany(pair => pair.Second.Items.Select(Pool))];
    }

    public async Task<IReadOnlyList<ScheduleSpec>> SchedulesAsync(CancellationToken cancellationToken)
    {
        var documents = (await client.GetAsync("v1/schedules", cancellationToken).ConfigureAwait(false)).Items.ToList();
        return [.. documents.Select(Schedule)];
    }

    /// <summary>All recipes; none where the caller may not see what belongs to no cluster.</summary>
    public async Task<IReadOnlyList<RecipeSpec>> RecipesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var documents = (await client.GetAsync("v1/recipes", cancellationToken).ConfigureAwait(false)).Items.ToList();
            return [.. documents.Select(Recipe)];
        }
        catch (RefusedException refused) when (refused.Errors is [{ Code: "forbidden" }])
        {
            return [];
        }
    }

    public async Task<PoolStatus> StatusAsync(NodePoolSpec pool, CancellationToken cancellationToken)
    {
        if (!_statuses.ContainsKey(Path(pool)))
        {
            Remember(pool, (await client.GetAsync(Path(pool), cancellationToken).ConfigureAwait(false)).Document);
        }

        return _statuses[Path(pool)];
    }

    public Task<JsonObject> StatusAsync(ScheduleSpec schedule, CancellationToken cancellationToken) => StatusAsync(Path(schedule), cancellationToken);

    public Task<JsonObject> StatusAsync(RecipeSpec recipe, CancellationToken cancellationToken) => StatusAsync(Path(recipe), cancellationToken);

    private async Task<JsonObject> StatusAsync(string path, CancellationToken cancellationToken) =>
        ((await client.GetAsync(path, cancellationToken).ConfigureAwait(false)).Document["status"] as JsonObject)?.DeepClone().AsObject() ?? throw new FormatException("the answer has no status");

    public async Task<IReadOnlyList<DateTimeOffset>> NextAsync(ScheduleSpec schedule, int count, CancellationToken cancellationToken) =>
        [.. (await client.GetAsync($"{Path(schedule)}/next?count={count}", cancellationToken).ConfigureAwait(false)).Items.Select(item => (DateTimeOffset)item)];

    public async Task<string> AskAsync(ScheduleSpec schedule, ScheduleRequest request, CancellationToken cancellationToken)
    {
        var verb = request switch { ScheduleRequest.RunNow => "run-now", ScheduleRequest.RunNowSkippingSoak => "run-now?skipSoak=true", ScheduleRequest.Suspend => "suspend", _ => "resume" };

        // Asked again after an answer that was lost, it would be refused or fire twice only where the first had ended already.
        await client.SendAsync(HttpMethod.Post, $"{Path(schedule)}/{verb}", null, repeatable: request is ScheduleRequest.Suspend or ScheduleRequest.Resume, cancellationToken).ConfigureAwait(false);
        return $"Left with {client.Target.Name}, which acts on it at once.";
    }

    /// <summary>Has what differs from what was seen declared in one, under the condition that it is still so.</summary>
    /// <exception cref="RefusedException">It is not, or the server refuses something of it; nothing was changed.</exception>
    public async Task ApplyAsync(Declarations declared, CancellationToken cancellationToken)
    {
        var wanted = declared.Clusters.Select(cluster => (Name: $"Cluster {cluster.Name}", Path: Path(cluster), Document: ResourceDocument.Declared(cluster), IsCluster: true))
            .Concat(declared.Pools.Select(pool => (Name: $"NodePool {pool.Cluster}/{pool.Name}", Path: Path(pool), Document: ResourceDocument.Declared(pool), IsCluster: false)))
            .Concat(declared.Schedules.Select(schedule => (Name: $"Schedule {schedule.Name}", Path: Path(schedule), Document: ResourceDocument.Declared(schedule), IsCluster: false)))
            .Concat(declared.Recipes.Select(recipe => (Name: $"Recipe {recipe.Name}", Path: Path(recipe), Document: ResourceDocument.Declared(recipe), IsCluster: false)))
            .ToList();

        // A cluster is put also where it is as it was: the server then asks who it is, and refuses what follows where it is another one.
        wanted.RemoveAll(one => !one.IsCluster && JsonNode.DeepEquals(_seen.GetValueOrDefault(one.Path), one.Document));
        if (wanted.Count == 0)
        {
            return;
        }

        var expected = new JsonObject();
        foreach (var (name, path, _, _) in wanted)
        {
            expected[name] = (await SeenAsync(name, path, cancellationToken).ConfigureAwait(false))?.Tag;
        }

        var order = new JsonObject { ["items"] = new JsonArray([.. wanted.Select(one => one.Document)]), ["expected"] = expected };
        var applied = await client.SendAsync(HttpMethod.Post, "v1/apply", order, repeatable: true, cancellationToken).ConfigureAwait(false);
        foreach (var unreached in applied.Items.Where(item => (bool?)item["pinned"] == false))
        {
            await notes.WriteLineAsync($"note: the API server of {unreached["name"]} was not reached; its identity is pinned when it first answers").ConfigureAwait(false);
        }
    }

    public Task DeleteAsync(ClusterSpec cluster, CancellationToken cancellationToken) => DeleteAsync($"Cluster {cluster.Name}", Path(cluster), cancellationToken);

    public Task DeleteAsync(NodePoolSpec pool, CancellationToken cancellationToken) => DeleteAsync($"NodePool {pool.Cluster}/{pool.Name}", Path(pool), cancellationToken);

    public Task DeleteAsync(ScheduleSpec schedule, CancellationToken cancellationToken) => DeleteAsync($"Schedule {schedule.Name}", Path(schedule), cancellationToken);

    public Task DeleteAsync(RecipeSpec recipe, CancellationToken cancellationToken) => DeleteAsync($"Recipe {recipe.Name}", Path(recipe), cancellationToken);

    private async Task DeleteAsync(string name, string path, CancellationToken cancellationToken)
    {
        var condition = await ConditionAsync(name, path, cancellationToken).ConfigureAwait(false);
        await client.SendAsync(HttpMethod.Delete, path, null, repeatable: false, cancellationToken, condition).ConfigureAwait(false);
    }

    /// <summary>The header that holds a write to what was seen.</summary>
    private async Task<(string, string)> ConditionAsync(string name, string path, CancellationToken cancellationToken)
    {
        var seen = await SeenAsync(name, path, cancellationToken).ConfigureAwait(false);
        return seen is null ? ("If-None-Match", "*") : ("If-Match", seen.Tag!);
    }

    /// <summary>What is there now, where it is still as it was seen; null where nothing was there.</summary>
    private async Task<ServerAnswer?> SeenAsync(string name, string path, CancellationToken cancellationToken)
    {
        if (!_seen.TryGetValue(path, out var seen))
        {
            return null;
        }

        var now = await client.GetAsync(path, cancellationToken).ConfigureAwait(false);
        return now.Tag is not null && JsonNode.DeepEquals(Declared(now.Document), seen) ? now
            : throw RefusedException.Because("changed", "--filename", name, null, $"{name} was changed by somebody since it was looked at; look again and decide anew");
    }

    private ClusterSpec Cluster(JsonNode document)
    {
        var cluster = Read(document).Clusters.Single() with { KubeSystemUid = (string?)document["status"]?["kubeSystemUid"] };
        _seen[Path(cluster)] = Declared(document);
        return cluster;
    }

    private NodePoolSpec Pool(JsonNode document)
    {
        var pool = Read(document).Pools.Single();
        _seen[Path(pool)] = Declared(document);
        Remember(pool, document);
        return pool;
    }

    private ScheduleSpec Schedule(JsonNode document)
    {
        var schedule = Read(document).Schedules.Single();
        _seen[Path(schedule)] = Declared(document);
        return schedule;
    }

    private RecipeSpec Recipe(JsonNode document)
    {
        var recipe = Read(document).Recipes.Single();
        _seen[Path(recipe)] = Declared(document);
        return recipe;
    }

    private void Remember(NodePoolSpec pool, JsonNode document) => _statuses[Path(pool)] = new PoolStatus
    {
        LastGood = (document["status"]?["lastGood"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => (string)entry.Value!),
    };

    private static Declarations Read(JsonNode document)
    {
        var read = InventoryReader.Read(JsonDocuments.Read(document.ToJsonString(), "answer").Documents, stored: null);
        return read.Errors.IsEmpty ? read : throw new FormatException($"it declares what this fleet does not know ({read.Errors[0].Message})");
    }

    private static JsonObject Declared(JsonNode document)
    {
        var declared = document.DeepClone().AsObject();
        declared.Remove("status");
        return declared;
    }

    private static string Path(ClusterSpec cluster) => $"v1/clusters/{Uri.EscapeDataString(cluster.Name)}";

    private static string Path(ScheduleSpec schedule) => $"v1/schedules/{Uri.EscapeDataString(schedule.Name)}";

    private static string Path(RecipeSpec recipe) => $"v1/recipes/{Uri.EscapeDataString(recipe.Name)}";

    private static string Path(NodePoolSpec pool) => $"v1/clusters/{Uri.EscapeDataString(pool.Cluster)}/pools/{Uri.EscapeDataString(pool.Name)}";
}
