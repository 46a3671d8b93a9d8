using System.CommandLine;
using Fleet.Cli.Backends;
using Fleet.Cli.Inventory;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet delete KIND NAME</c>: Fleet forgets a resource; nothing in AWS or Kubernetes is touched.</summary>
internal static class DeleteCommand
{
    public static Command Create(Scope scope)
    {
        var kind = Catalogue.KindArgument();
        var name = new Argument<string>("NAME") { Description = "A cluster's, schedule's or recipe's name; CLUSTER/POOL or POOL for a node pool" };
        name.CompletionSources.Add(context => Catalogue.Complete(scope, kind, context));
        var confirmation = new Confirmation(scope.Context);
        var command = new ExampleCommand(
            "delete",
            "Forget a cluster, node pool, schedule or recipe. Nothing in AWS or Kubernetes is touched. Refused for a pool with a run under way or that a schedule names, for a cluster that has pools or schedules, and for a recipe from whose images another starts.",
            "fleet delete nodepool prod/workers --dry-run",
            "fleet delete nodepool prod/workers --yes",
            "fleet delete cluster prod --yes")
        {
            kind,
            name,
        };
        confirmation.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var catalogue = await Catalogue.LoadAsync(backend, cancellationToken).ConfigureAwait(false);
            var written = parsed.GetValue(name)!;
            var (title, delete) = Catalogue.Kind(parsed.GetValue(kind)!) switch
            {
                ResourceKind.Cluster => DeleteCluster(catalogue, catalogue.Cluster(written)),
                ResourceKind.NodePool => DeletePool(catalogue, catalogue.Pool(written)),
                ResourceKind.Recipe => DeleteRecipe(catalogue, catalogue.Recipe(written)),
                _ => DeleteSchedule(catalogue.Schedule(written)),
            };

            await scope.Context.Output.WriteLineAsync($"delete     {title}").ConfigureAwait(false);
            var (goAhead, exitCode) = await confirmation.AskAsync(parsed).ConfigureAwait(false);
            if (goAhead)
            {
                await delete(backend, cancellationToken).ConfigureAwait(false);
                await scope.Context.Error.WriteLineAsync("Deleted.").ConfigureAwait(false);
            }

            return exitCode;
        });
        return command;
    }

    private static (string Title, Func<IBackend, CancellationToken, Task> Delete) DeleteCluster(Catalogue catalogue, ClusterSpec cluster)
    {
        Check(catalogue, cluster.Name, new() { DeleteCluster = cluster.Name });
        var pools = catalogue.Pools.Where(pool => pool.Cluster == cluster.Name).Select(pool => pool.Name).ToList();
        return pools.Count == 0
            ? ($"Cluster {cluster.Name}", (backend, cancellationToken) => backend.DeleteAsync(cluster, cancellationToken))
            : throw RefusedException.Because("in-use", "NAME", cluster.Name, "a cluster without pools", InventoryRules.HasPools(cluster.Name, pools).Message);
    }

    private static (string Title, Func<IBackend, CancellationToken, Task> Delete) DeletePool(Catalogue catalogue, NodePoolSpec pool)
    {
        Check(catalogue, $"{pool.Cluster}/{pool.Name}", new() { DeletePool = (pool.Cluster, pool.Name) });
        return catalogue.RunOn(pool) is { } run
            ? throw RefusedException.Because(
                "in-use", "NAME", $"{pool.Cluster}/{pool.Name}", "a pool without an unfinished run", $"run {run.Id} on {pool.Cluster}/{pool.Name} is {run.Phase.ToString().ToLowerInvariant()}; cancel it first: fleet runs cancel {run.Id}")
            : ($"NodePool {pool.Cluster}/{pool.Name}", (backend, cancellationToken) => backend.DeleteAsync(pool, cancellationToken));
    }

    private static (string Title, Func<IBackend, CancellationToken, Task> Delete) DeleteSchedule(ScheduleSpec schedule) =>
        ($"Schedule {schedule.Name}", (backend, cancellationToken) => backend.DeleteAsync(schedule, cancellationToken));

    private static (string Title, Func<IBackend, CancellationToken, Task> Delete) DeleteRecipe(Catalogue catalogue, RecipeSpec recipe)
    {
        Check(catalogue, recipe.Name, new() { DeleteRecipe = recipe.Name });
        return ($"Recipe {recipe.Name}", (backend, cancellationToken) => backend.DeleteAsync(recipe, cancellationToken));
    }

    /// <summary>Refuses what a schedule or another recipe needs.</summary>
    private static void Check(Catalogue catalogue, string name, InventoryChange change)
    {
        try
        {
            InventoryRules.CheckSchedules(change, catalogue.Declared);
            InventoryRules.CheckRecipes(change, catalogue.Declared);
        }
        catch (InvalidOperationException scheduled)
        {
            throw RefusedException.Because("in-use", "NAME", name, "what no schedule and no recipe needs", scheduled.Message);
        }
    }
}
