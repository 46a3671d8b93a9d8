using System.Text.Json.Nodes;
using Fleet.Cli.Images;
using Fleet.Cli.Rotations;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Core.Schedules;

namespace Fleet.Cli.Backends;

/// <summary>What commands work on: the store on this machine, or a server. Both answer the same, and refuse the same in the same words.</summary>
internal interface IBackend : IDisposable
{
    /// <summary>All clusters, by name.</summary>
    Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken);

    /// <summary>All pools, by cluster and name.</summary>
    Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(CancellationToken cancellationToken);

    /// <summary>All schedules, by name.</summary>
    Task<IReadOnlyList<ScheduleSpec>> SchedulesAsync(CancellationToken cancellationToken);

    /// <summary>All recipes, by name.</summary>
    Task<IReadOnlyList<RecipeSpec>> RecipesAsync(CancellationToken cancellationToken);

    /// <summary>What Fleet remembers of a pool.</summary>
    Task<PoolStatus> StatusAsync(NodePoolSpec pool, CancellationToken cancellationToken);

    /// <summary>Asks the API servers of clusters that shall be declared who they are, where that is this command's to do.</summary>
    /// <param name="clusters">The clusters as they shall be declared.</param>
    /// <param name="stored">The clusters as they are declared.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What the plan should say of them.</returns>
    /// <exception cref="RefusedException">One is another cluster than the one that is pinned.</exception>
    Task<IReadOnlyList<string>> IdentifyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<ClusterSpec> stored, CancellationToken cancellationToken);

    /// <summary>Pins the identities that were found, of clusters that are declared.</summary>
    Task PinAsync(CancellationToken cancellationToken);

    /// <summary>Declares clusters that were identified before, pools, schedules and recipes.</summary>
    /// <exception cref="RefusedException">What is declared was changed since the plan was made.</exception>
    Task ApplyAsync(Declarations declared, CancellationToken cancellationToken);

    /// <summary>Forgets a cluster.</summary>
    Task DeleteAsync(ClusterSpec cluster, CancellationToken cancellationToken);

    /// <summary>Forgets a pool.</summary>
    Task DeleteAsync(NodePoolSpec pool, CancellationToken cancellationToken);

    /// <summary>Forgets a schedule.</summary>
    Task DeleteAsync(ScheduleSpec schedule, CancellationToken cancellationToken);

    /// <summary>Forgets a recipe; its images stay, and so does what is known of them.</summary>
    Task DeleteAsync(RecipeSpec recipe, CancellationToken cancellationToken);

    /// <summary>What Fleet knows of a recipe's images, as its document has it under <c>status</c>.</summary>
    Task<JsonObject> StatusAsync(RecipeSpec recipe, CancellationToken cancellationToken);

    /// <summary>What Fleet knows of a schedule, as its document has it under <c>status</c>.</summary>
    Task<JsonObject> StatusAsync(ScheduleSpec schedule, CancellationToken cancellationToken);

    /// <summary>The next times of a schedule.</summary>
    Task<IReadOnlyList<DateTimeOffset>> NextAsync(ScheduleSpec schedule, int count, CancellationToken cancellationToken);

    /// <summary>Asks something of a schedule.</summary>
    /// <returns>Who acts on it, in a sentence.</returns>
    /// <exception cref="RefusedException">It makes no sense now.</exception>
    Task<string> AskAsync(ScheduleSpec schedule, ScheduleRequest request, CancellationToken cancellationToken);

    /// <summary>Runs, newest first; of one cluster and pool where given, and only those not in a final phase where asked. What a list need not show may be missing: spec, state.</summary>
    Task<IReadOnlyList<Run>> RunsAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken);

    /// <summary>A run in full; null when there is none of that id.</summary>
    Task<RunRecord?> RunAsync(string id, CancellationToken cancellationToken);

    /// <summary>Journal lines after a sequence number, oldest first.</summary>
    Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, CancellationToken cancellationToken);

    /// <summary>Hands out a snapshot whenever a run has changed, until it rests.</summary>
    Task FollowAsync(string id, Action<RunSnapshot> show, CancellationToken cancellationToken);

    /// <summary>Asks something of a run of which it makes sense.</summary>
    /// <returns>Who acts on it, in a sentence.</returns>
    Task<string> RequestAsync(Run run, RunRequest request, CancellationToken cancellationToken);

    /// <summary>All API keys, the oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>Makes an API key.</summary>
    /// <returns>The key, and its text, which is kept nowhere.</returns>
    Task<(ApiKey Key, string Text)> MakeKeyAsync(KeyOrder order, CancellationToken cancellationToken);

    /// <summary>Says whose API key it is.</summary>
    /// <returns>The key as it stands then, whoever's it is; null where there is none of that id.</returns>
    Task<ApiKey?> AssignKeyAsync(string id, string person, CancellationToken cancellationToken);

    /// <summary>Takes an API key back.</summary>
    /// <returns>False when there is none of that id.</returns>
    Task<bool> RevokeKeyAsync(string id, CancellationToken cancellationToken);

    /// <summary>Entries of the audit log after a number, oldest first, at most so many.</summary>
    Task<IReadOnlyList<AuditEntry>> AuditAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Begins a rotation, or takes up the one that is under way.</summary>
    /// <returns>The exit code.</returns>
    Task<int> RotateAsync(RotateCall call, CancellationToken cancellationToken);

    /// <summary>What Fleet knows of images, as their documents, by recipe and age; of one recipe where given.</summary>
    Task<IReadOnlyList<JsonObject>> ImagesAsync(string? recipe, CancellationToken cancellationToken);

    /// <summary>Begins an image build, or takes up the one that is under way.</summary>
    /// <returns>The exit code.</returns>
    Task<int> BuildAsync(BuildCall call, CancellationToken cancellationToken);

    /// <summary>Why images stay or go as it is seen now: a sweep's decisions, as their documents.</summary>
    /// <param name="parameters">Paths of parameters that hold image ids, beside Fleet's own.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<IReadOnlyList<JsonObject>> VerdictsAsync(IReadOnlyList<string> parameters, CancellationToken cancellationToken);

    /// <summary>Shows why images stay or go, and where asked has those go that nothing needs.</summary>
    /// <returns>The exit code.</returns>
    Task<int> SweepAsync(SweepCall call, CancellationToken cancellationToken);

    /// <summary>Begins a promotion of an image, or takes up the one that is under way.</summary>
    /// <returns>The exit code.</returns>
    Task<int> PromoteAsync(PromoteCall call, CancellationToken cancellationToken);
}
