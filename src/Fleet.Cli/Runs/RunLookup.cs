using System.CommandLine;
using Fleet.Cli.Backends;
using Fleet.Core.Inventory;

namespace Fleet.Cli.Runs;

/// <summary>Finds the run that a user names: by id, or by a beginning of it that only one run has.</summary>
internal static class RunLookup
{
    public static Argument<string> Argument(Scope scope)
    {
        var id = new Argument<string>("ID") { Description = "A run's id or its order's key, or as much of the id's beginning as is unique" };
        id.CompletionSources.Add(scope.Names.Runs);
        return id;
    }

    public static async Task<RunRecord> FindAsync(IBackend backend, string id, CancellationToken cancellationToken)
    {
        if (await backend.RunAsync(id, cancellationToken).ConfigureAwait(false) is { } exact)
        {
            return exact;
        }

        var all = await backend.RunsAsync(null, null, unfinishedOnly: false, cancellationToken).ConfigureAwait(false);
        var found = all.Where(run => run.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => (await backend.RunAsync(found[0].Id, cancellationToken).ConfigureAwait(false))!,
            0 => throw RefusedException.Because(
                "not-found", "ID", id, null, $"there is no run '{id}'{(NearestNames.Hint(id, all.Select(run => run.Id)) is { Length: > 0 } hint ? hint : "; 'fleet runs list' shows all")}"),
            _ => throw RefusedException.Because("ambiguous-name", "ID", id, null, $"{found.Count} runs begin with '{id}': {string.Join(", ", found.Take(5).Select(run => run.Id))}"),
        };
    }
}
