using System.CommandLine;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Cli.Runs;

/// <summary>Finds the run that a user names: by id, or by a beginning of it that only one run has.</summary>
internal static class RunLookup
{
    public static Argument<string> Argument() => new("ID") { Description = "A run's id, or as much of its beginning as is unique" };

    public static async Task<Run> FindAsync(IRunStore store, string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken).ConfigureAwait(false) is { } exact)
        {
            return exact;
        }

        var all = await store.ListAsync(null, null, unfinishedOnly: false, cancellationToken).ConfigureAwait(false);
        var found = all.Where(run => run.Id.StartsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw RefusedException.Because(
                "not-found", "ID", id, null, $"there is no run '{id}'{(NearestNames.Hint(id, all.Select(run => run.Id)) is { Length: > 0 } hint ? hint : "; 'fleet runs list' shows all")}"),
            _ => throw RefusedException.Because("ambiguous-name", "ID", id, null, $"{found.Count} runs begin with '{id}': {string.Join(", ", found.Take(5).Select(run => run.Id))}"),
        };
    }
}
