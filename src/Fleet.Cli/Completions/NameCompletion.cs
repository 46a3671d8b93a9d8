using System.CommandLine.Completions;
using Fleet.Cli.Backends;

namespace Fleet.Cli.Completions;

/// <summary>Completes names of what is declared and of runs. A shell waits for it at each key, so that what does not answer at once is left out, and nothing is ever said.</summary>
internal sealed class NameCompletion(Scope scope)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>CLUSTER/POOL of all pools.</summary>
    public IEnumerable<CompletionItem> Pools(CompletionContext context) =>
        Ask(context, async (backend, cancellationToken) => (await backend.PoolsAsync(cancellationToken).ConfigureAwait(false)).Select(pool => $"{pool.Cluster}/{pool.Name}"));

    /// <summary>Names of all clusters.</summary>
    public IEnumerable<CompletionItem> Clusters(CompletionContext context) =>
        Ask(context, async (backend, cancellationToken) => (await backend.ClustersAsync(cancellationToken).ConfigureAwait(false)).Select(cluster => cluster.Name));

    /// <summary>Names of all schedules.</summary>
    public IEnumerable<CompletionItem> Schedules(CompletionContext context) =>
        Ask(context, async (backend, cancellationToken) => (await backend.SchedulesAsync(cancellationToken).ConfigureAwait(false)).Select(schedule => schedule.Name));

    /// <summary>Names of recipes.</summary>
    public IEnumerable<CompletionItem> Recipes(CompletionContext context) =>
        Ask(context, async (backend, cancellationToken) => (await backend.RecipesAsync(cancellationToken).ConfigureAwait(false)).Select(recipe => recipe.Name));

    /// <summary>Ids of the runs that have not ended.</summary>
    public IEnumerable<CompletionItem> Runs(CompletionContext context) =>
        Ask(context, async (backend, cancellationToken) => (await backend.RunsAsync(null, null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false)).Select(run => run.Id));

    private IEnumerable<CompletionItem> Ask(CompletionContext context, Func<IBackend, CancellationToken, Task<IEnumerable<string>>> names)
    {
        try
        {
            if (scope.IsStoreMissing(context.ParseResult))
            {
                return [];
            }

            using var limit = new CancellationTokenSource(Patience, scope.Context.Wall);
            using var backend = scope.Open(context.ParseResult);
            return [.. names(backend, limit.Token).WaitAsync(Patience, scope.Context.Wall).GetAwaiter().GetResult().Select(name => new CompletionItem(name))];
        }
#pragma warning disable CA1031 // Whatever is wrong is told when the command is run; here it would be told in the middle of a line.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }
}
