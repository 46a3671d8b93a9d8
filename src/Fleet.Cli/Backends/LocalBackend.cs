using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Fleet.Cli.Images;
using Fleet.Cli.Rotations;
using Fleet.Cli.Runs;
using Fleet.Core.Access;
using Fleet.Core.Gates;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Retirement;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Retirement;
using Fleet.Storage;

namespace Fleet.Cli.Backends;

/// <summary>The store on this machine: runs are driven by the command itself, and requests are left for whoever drives.</summary>
internal sealed class LocalBackend(CliContext context, SqlStore store) : IBackend
{
    private readonly Dictionary<string, string> _identities = [];

    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) => store.ClustersAsync(cancellationToken);

    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(CancellationToken cancellationToken) => store.PoolsAsync(null, cancellationToken);

    public async Task<IReadOnlyList<ScheduleSpec>> SchedulesAsync(CancellationToken cancellationToken) => (await store.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Schedules;

    public async Task<IReadOnlyList<RecipeSpec>> RecipesAsync(CancellationToken cancellationToken) => (await store.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Recipes;

    public Task<PoolStatus> StatusAsync(NodePoolSpec pool, CancellationToken cancellationToken) => store.StatusAsync(pool.Cluster, pool.Name, cancellationToken);

    public async Task<IReadOnlyList<string>> IdentifyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<ClusterSpec> stored, CancellationToken cancellationToken)
    {
        var errors = new List<InputError>();
        var notes = new List<string>();
        foreach (var cluster in clusters)
        {
            var pinned = stored.FirstOrDefault(candidate => candidate.Name == cluster.Name)?.KubeSystemUid ?? cluster.KubeSystemUid;
            var uid = await context.Identify(cluster, cancellationToken).ConfigureAwait(false);
            if (pinned is not null && uid is not null && uid != pinned)
            {
                errors.Add(InputError.Argument("wrong-cluster", $"cluster {cluster.Name}", uid, pinned, InventoryRules.PinnedElsewhere(cluster.Name, pinned, uid)));
            }
            else if (pinned is null && uid is null)
            {
                notes.Add($"the API server of {cluster.Name} was not reached; its identity is pinned when it first answers");
            }
            else if (pinned is null)
            {
                _identities[cluster.Name] = uid!;
            }
        }

        return errors.Count == 0 ? notes : throw new RefusedException(errors);
    }

    public async Task ApplyAsync(Declarations declared, CancellationToken cancellationToken)
    {
        try
        {
            await store.ChangeAsync(_ => new() { Clusters = declared.Clusters, Pools = declared.Pools, Schedules = declared.Schedules, Recipes = declared.Recipes }, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException changed)
        {
            // Another process changed the inventory between the plan and the consent.
            throw RefusedException.Because("conflict", "--filename", null, null, changed.Message);
        }

        await PinAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task PinAsync(CancellationToken cancellationToken)
    {
        foreach (var (cluster, uid) in _identities)
        {
            await store.PinAsync(cluster, uid, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task DeleteAsync(ClusterSpec cluster, CancellationToken cancellationToken) => store.DeleteClusterAsync(cluster.Name, cancellationToken);

    public async Task DeleteAsync(NodePoolSpec pool, CancellationToken cancellationToken)
    {
        try
        {
            await store.DeletePoolAsync(pool.Cluster, pool.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException used)
        {
            // A run began, or a schedule was declared, between the plan and the consent.
            throw RefusedException.Because("in-use", "NAME", $"{pool.Cluster}/{pool.Name}", null, used.Message);
        }
    }

    public Task DeleteAsync(ScheduleSpec schedule, CancellationToken cancellationToken) => store.ChangeAsync(_ => new() { DeleteSchedule = schedule.Name }, cancellationToken);

    public Task DeleteAsync(RecipeSpec recipe, CancellationToken cancellationToken) => store.ChangeAsync(_ => new() { DeleteRecipe = recipe.Name }, cancellationToken);

    public async Task<JsonObject> StatusAsync(RecipeSpec recipe, CancellationToken cancellationToken) => RecipeDocument.Status(await store.ImagesAsync(recipe.Name, cancellationToken).ConfigureAwait(false));

    public async Task<JsonObject> StatusAsync(ScheduleSpec schedule, CancellationToken cancellationToken)
    {
        var (_, state) = await store.ScheduleStateAsync(schedule.Name, cancellationToken).ConfigureAwait(false);
        return ScheduleDocument.Status(schedule, state, await NowAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task<IReadOnlyList<DateTimeOffset>> NextAsync(ScheduleSpec schedule, int count, CancellationToken cancellationToken) =>
        [.. new Timetable(schedule).After(await NowAsync(cancellationToken).ConfigureAwait(false)).Take(count)];

    public async Task<string> AskAsync(ScheduleSpec schedule, ScheduleRequest request, CancellationToken cancellationToken) =>
        await store.AskAsync(schedule, request, context.Person, await NowAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is { } why
            ? throw RefusedException.Because("conflict", "NAME", schedule.Name, null, why)
            : "Left in the store; a service on it (fleet serve) acts on it.";

    public Task<IReadOnlyList<Run>> RunsAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken) => store.ListAsync(cluster, pool, unfinishedOnly, cancellationToken);

    public async Task<RunRecord?> RunAsync(string id, CancellationToken cancellationToken) =>
        (await store.GetAsync(id, cancellationToken).ConfigureAwait(false) ?? await store.FindByKeyAsync(id, context.Person, cancellationToken).ConfigureAwait(false)) is { } run
            ? new RunRecord(run, await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false), await store.LedgerAsync(run.Id, cancellationToken).ConfigureAwait(false))
            : null;

    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, CancellationToken cancellationToken) => store.JournalAsync(id, after, cancellationToken);

    public Task FollowAsync(string id, Action<RunSnapshot> show, CancellationToken cancellationToken) =>
        new RunFollower(store, context.Wall).FollowAsync(id, show, seen => Task.FromResult(seen.Rests), new TaskCompletionSource().Task, cancellationToken);

    public async Task<string> RequestAsync(Run run, RunRequest request, CancellationToken cancellationToken)
    {
        if (request == RunRequest.Approve && TwoPeople.Refusal(run, new Caller(context.Person, [], context.Person)) is { } refused)
        {
            throw RefusedException.Because(TwoPeople.Code, "ID", run.Id, null, refused);
        }

        await store.RequestAsync(run.Id, request, cancellationToken).ConfigureAwait(false);
        var lease = await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false);
        return lease is not null && lease.Expires > context.Wall.GetUtcNow()
            ? $"Left for {lease.Owner}, which acts on it at the next safe point."
            : $"Left in the store. Nobody drives the run now: it acts on it when it is taken up again ({TakingUp.Command(run)}).";
    }

    public Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken) => store.KeysAsync(cancellationToken);

    public async Task<(ApiKey Key, string Text)> MakeKeyAsync(KeyOrder order, CancellationToken cancellationToken)
    {
        var (key, text) = ApiKeys.Make(order.Name, order.Grants, context.Wall.GetUtcNow(), order.Life, RandomNumberGenerator.GetBytes(48));
        key = key with { Person = order.Person };
        await store.AddAsync(key, cancellationToken).ConfigureAwait(false);
        return (key, text);
    }

    public Task<ApiKey?> AssignKeyAsync(string id, string person, CancellationToken cancellationToken) => store.AssignAsync(id, person, cancellationToken);

    public Task<bool> RevokeKeyAsync(string id, CancellationToken cancellationToken) => store.RevokeAsync(id, context.Wall.GetUtcNow(), cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> AuditAsync(long after, int limit, CancellationToken cancellationToken) => store.EntriesAsync(after, limit, cancellationToken);

    public async Task<int> RotateAsync(RotateCall call, CancellationToken cancellationToken)
    {
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        var wishes = call.Flags.Read(call.Parsed, policy.GetUtcNow());
        var rotating = new Rotating(call.Scope, call.Parsed, store, policy, call.Confirmation, call.Flags.Hooks(call.Parsed, context));
        if (call.Flags.ComesNext(call.Parsed))
        {
            throw RefusedException.Because("needs-server", "--when-under-way", null, null, "--when-under-way needs a server that drives the one run after the other; wait for the run that is under way, or 'fleet runs cancel' it first");
        }

        if (call.Flags.Key(call.Parsed) is { } key && await store.FindByKeyAsync(key, context.Person, cancellationToken).ConfigureAwait(false) is { } first)
        {
            Rotating.RefuseOther(first, wishes);
            return first.Phase.IsFinal() ? await rotating.EndAsync(first.Id, cancellationToken).ConfigureAwait(false) : await rotating.TakeUpAsync(first, wishes, cancellationToken).ConfigureAwait(false);
        }

        return call.Catalogue.RunOn(call.Pool) is { } underWay
            ? await rotating.TakeUpAsync(underWay, wishes, cancellationToken).ConfigureAwait(false)
            : await rotating.BeginAsync(call.Catalogue, call.Pool, wishes, call.Flags.Key(call.Parsed), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<JsonObject>> ImagesAsync(string? recipe, CancellationToken cancellationToken) =>
        [.. (await store.ImagesAsync(recipe, cancellationToken).ConfigureAwait(false)).Select(ImageDocument.Of)];

    public async Task<int> BuildAsync(BuildCall call, CancellationToken cancellationToken)
    {
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        using var building = new Building(call, store, policy);
        return await building.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<JsonObject>> VerdictsAsync(IReadOnlyList<string> parameters, CancellationToken cancellationToken)
    {
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        using var catalogs = new ImageCatalogs(context.Account, policy);
        var seen = await new SweepObserver(store, store, store, catalogs, parameters).ObserveAsync(cancellationToken).ConfigureAwait(false);
        return [.. SweepPlanner.Decide(seen, policy.GetUtcNow()).Select(SweepDocument.Of)];
    }

    public async Task<int> SweepAsync(SweepCall call, CancellationToken cancellationToken)
    {
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        return await new Sweeping(call, store, policy).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> PromoteAsync(PromoteCall call, CancellationToken cancellationToken)
    {
        call.Flags.RefuseOnThisMachine(call.Parsed);
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        using var promoting = new Promoting(call, store, policy);
        return await promoting.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Policy time.</summary>
    private async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        var policy = await Reach.PolicyAsync(context, cancellationToken).ConfigureAwait(false);
        using var following = policy as IDisposable;
        return policy.GetUtcNow();
    }

    public void Dispose() => store.Dispose();
}
