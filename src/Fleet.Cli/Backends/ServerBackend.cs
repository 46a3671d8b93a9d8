using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Cli.Images;
using Fleet.Cli.Rotations;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Backends;

/// <summary>A server: what is asked for is done there, and goes on there when this command has ended.</summary>
internal sealed class ServerBackend(CliContext context, ServerClient client) : IBackend
{
    private const int LongestPage = 500;

    private static readonly string Unfinished = string.Join(',', Enum.GetValues<RunPhase>().Where(phase => !phase.IsFinal()).Select(RunDocument.Name));

    private readonly ServerDeclarations _declared = new(client, context.Error);

    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) => _declared.ClustersAsync(cancellationToken);

    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(CancellationToken cancellationToken) => _declared.PoolsAsync(cancellationToken);

    public Task<IReadOnlyList<ScheduleSpec>> SchedulesAsync(CancellationToken cancellationToken) => _declared.SchedulesAsync(cancellationToken);

    public Task<IReadOnlyList<RecipeSpec>> RecipesAsync(CancellationToken cancellationToken) => _declared.RecipesAsync(cancellationToken);

    public Task<PoolStatus> StatusAsync(NodePoolSpec pool, CancellationToken cancellationToken) => _declared.StatusAsync(pool, cancellationToken);

    /// <summary>The server asks when it is told of a cluster.</summary>
    public Task<IReadOnlyList<string>> IdentifyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<ClusterSpec> stored, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task PinAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ApplyAsync(Declarations declared, CancellationToken cancellationToken) => _declared.ApplyAsync(declared, cancellationToken);

    public Task DeleteAsync(ClusterSpec cluster, CancellationToken cancellationToken) => _declared.DeleteAsync(cluster, cancellationToken);

    public Task DeleteAsync(NodePoolSpec pool, CancellationToken cancellationToken) => _declared.DeleteAsync(pool, cancellationToken);

    public Task DeleteAsync(ScheduleSpec schedule, CancellationToken cancellationToken) => _declared.DeleteAsync(schedule, cancellationToken);

    public Task DeleteAsync(RecipeSpec recipe, CancellationToken cancellationToken) => _declared.DeleteAsync(recipe, cancellationToken);

    public Task<JsonObject> StatusAsync(RecipeSpec recipe, CancellationToken cancellationToken) => _declared.StatusAsync(recipe, cancellationToken);

    public Task<JsonObject> StatusAsync(ScheduleSpec schedule, CancellationToken cancellationToken) => _declared.StatusAsync(schedule, cancellationToken);

    public Task<IReadOnlyList<DateTimeOffset>> NextAsync(ScheduleSpec schedule, int count, CancellationToken cancellationToken) => _declared.NextAsync(schedule, count, cancellationToken);

    public Task<string> AskAsync(ScheduleSpec schedule, ScheduleRequest request, CancellationToken cancellationToken) => _declared.AskAsync(schedule, request, cancellationToken);

    public async Task<IReadOnlyList<Run>> RunsAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken)
    {
        var filter = $"limit={LongestPage}{Parameter("cluster", cluster)}{Parameter("pool", pool)}{(unfinishedOnly ? $"&phase={Unfinished}" : "")}";
        var runs = new List<Run>();
        for (string? next = null; ;)
        {
            var page = await client.GetAsync($"v1/runs?{filter}{Parameter("olderThan", next)}", cancellationToken).ConfigureAwait(false);
            runs.AddRange(page.Items.Select(RunReader.Run));
            next = (string?)page.Document["next"];
            if (next is null)
            {
                // Of a pool's runs the one that was ordered first goes first.
                return [.. runs.Select((run, index) => run with { Turn = runs.Count - index })];
            }
        }
    }

    public async Task<RunRecord?> RunAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return Record((await client.GetAsync($"v1/runs/{Uri.EscapeDataString(id)}", cancellationToken).ConfigureAwait(false)).Document);
        }
        catch (RefusedException absent) when (absent.Errors is [{ Code: "not-found" }])
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        for (long? next = after; next is not null;)
        {
            var page = await client.GetAsync($"v1/runs/{Uri.EscapeDataString(id)}/journal?after={next}", cancellationToken).ConfigureAwait(false);
            entries.AddRange(page.Items.Select(RunReader.Entry));
            next = (long?)page.Document["next"];
        }

        return entries;
    }

    public Task FollowAsync(string id, Action<RunSnapshot> show, CancellationToken cancellationToken) => new RunFeed(context, client, this).FollowAsync(id, show, cancellationToken);

    public async Task<string> RequestAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        await client.SendAsync(HttpMethod.Post, $"v1/runs/{Uri.EscapeDataString(run.Id)}/{RunDocument.Name(request)}", null, repeatable: true, cancellationToken).ConfigureAwait(false);
        return $"Left with {client.Target.Name}, which acts on it at the next safe point.";
    }

    public async Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken) =>
        [.. (await client.GetAsync("v1/keys", cancellationToken).ConfigureAwait(false)).Items.Select(AccessReader.Key)];

    public async Task<(ApiKey Key, string Text)> MakeKeyAsync(KeyOrder order, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["name"] = order.Name,
            ["roles"] = new JsonArray([.. order.Grants.SelectMany(grant => grant.Names).Select(name => (JsonNode)name)]),
            ["expiresIn"] = Durations.Format(order.Life),
        };
        if (order.Person is { } person)
        {
            body["person"] = person;
        }

        var made = (await client.SendAsync(HttpMethod.Post, "v1/keys", body, repeatable: false, cancellationToken).ConfigureAwait(false)).Document;
        return (AccessReader.Key(made), (string?)made["key"] ?? throw new FormatException("the answer has no key"));
    }

    public async Task<ApiKey?> AssignKeyAsync(string id, string person, CancellationToken cancellationToken)
    {
        try
        {
            var body = new JsonObject { ["person"] = person };
            return AccessReader.Key((await client.SendAsync(HttpMethod.Post, $"v1/keys/{Uri.EscapeDataString(id)}/assign", body, repeatable: true, cancellationToken).ConfigureAwait(false)).Document);
        }
        catch (RefusedException absent) when (absent.Errors is [{ Code: "not-found" }])
        {
            return null;
        }
    }

    public async Task<bool> RevokeKeyAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(HttpMethod.Delete, $"v1/keys/{Uri.EscapeDataString(id)}", null, repeatable: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RefusedException absent) when (absent.Errors is [{ Code: "not-found" }])
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<AuditEntry>> AuditAsync(long after, int limit, CancellationToken cancellationToken)
    {
        var entries = ImmutableArray.CreateBuilder<AuditEntry>();
        while (entries.Count < limit)
        {
            var page = Math.Min(limit - entries.Count, LongestPage);
            var items = (await client.GetAsync($"v1/audit?after={(entries.Count > 0 ? entries[^1].Sequence : after)}&limit={page}", cancellationToken).ConfigureAwait(false)).Items.ToList();
            entries.AddRange(items.Select(AccessReader.Entry));
            if (items.Count < page)
            {
                break;
            }
        }

        return entries.ToImmutable();
    }

    public Task<int> RotateAsync(RotateCall call, CancellationToken cancellationToken) => new Ordering(context, call, this, client).RunAsync(cancellationToken);

    public async Task<IReadOnlyList<JsonObject>> ImagesAsync(string? recipe, CancellationToken cancellationToken) =>
        [.. (await client.GetAsync($"v1/images{(recipe is null ? "" : $"?recipe={Uri.EscapeDataString(recipe)}")}", cancellationToken).ConfigureAwait(false)).Items.Select(item => item.DeepClone().AsObject())];

    public Task<int> BuildAsync(BuildCall call, CancellationToken cancellationToken) => new ImageOrdering(call, this, client).RunAsync(cancellationToken);

    public Task<int> PromoteAsync(PromoteCall call, CancellationToken cancellationToken) => new ImageOrdering(call, this, client).RunAsync(cancellationToken);

    public Task<int> SweepAsync(SweepCall call, CancellationToken cancellationToken) => new SweepOrdering(call, this, client).RunAsync(cancellationToken);

    public async Task<IReadOnlyList<JsonObject>> VerdictsAsync(IReadOnlyList<string> parameters, CancellationToken cancellationToken) =>
        [.. (await client.GetAsync($"v1/images/sweep{(parameters.Count == 0 ? "" : $"?parameters={Uri.EscapeDataString(string.Join(',', parameters))}")}", cancellationToken).ConfigureAwait(false)).Items.Select(item => item.DeepClone().AsObject())];

    public void Dispose() => client.Dispose();

    /// <summary>A run's document as its records.</summary>
    public static RunRecord Record(JsonNode document) => new(RunReader.Run(document), RunReader.Lease(document), RunReader.Ledger(document));

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
