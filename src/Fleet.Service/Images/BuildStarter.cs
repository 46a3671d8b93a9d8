using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Builds;
using Fleet.Core.Builds.Orders;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Fleet.Service.Runs;

namespace Fleet.Service.Images;

/// <summary>Checks what is asked to be built, and begins it.</summary>
internal sealed class BuildStarter(ServiceOptions options, BuildHost host, RunSupervisor supervisor)
{
    /// <summary>The plan of what is asked for; nothing is recorded.</summary>
    public async Task<JsonObject> PlanAsync(ImageBuildOrder order, CancellationToken cancellationToken)
    {
        var (recipe, _, plan) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["plan"] = BuildPlanDocument.Of(recipe, plan) };
    }

    /// <summary>Begins what is asked for, or finds what the same order began before.</summary>
    /// <param name="order">The order; where there is nothing to build its run ends at once.</param>
    /// <param name="digest">Digest of the order.</param>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The run, already recorded, and whether this order began it.</returns>
    public async Task<(Run Run, bool Begun)> StartAsync(ImageBuildOrder order, string digest, Caller startedBy, CancellationToken cancellationToken) =>
        (await StartAsync(order, digest, startedBy, _ => true, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>As the other, where the plan shows that it is needed.</summary>
    /// <returns>The run; null where none was begun before and none is needed.</returns>
    public Task<(Run Run, bool Begun)?> StartAsync(ImageBuildOrder order, string digest, Caller startedBy, Func<BuildPlan, bool> needed, CancellationToken cancellationToken) => ImageRuns.BeginIfNeededAsync(options, supervisor, order.Key, digest, startedBy, order.WhenUnderWay, async ending =>
    {
        StoreRules.Judge(await options.Runs.ListAsync(Run.NoCluster, order.Recipe, unfinishedOnly: true, ending).ConfigureAwait(false), order.WhenUnderWay);
        var (recipe, ancestors, plan) = await CheckAsync(order, ending).ConfigureAwait(false);
        return needed(plan) ? host.Prepare(new BuildSpec { Recipe = recipe, Ancestors = ancestors, Again = order.Again, KeepInstance = order.KeepInstance, Accepted = plan.Builds ? plan.Source.Digest : null }, startedBy.Name, startedBy.Person) : null;
    }, cancellationToken);

    private async Task<(RecipeSpec Recipe, ImmutableArray<RecipeSpec> Ancestors, BuildPlan Plan)> CheckAsync(ImageBuildOrder order, CancellationToken cancellationToken)
    {
        var declared = (await options.Inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Recipes;
        var recipe = declared.FirstOrDefault(one => one.Name == order.Recipe) ?? throw ApiException.NotFound("recipe", order.Recipe, declared.Select(one => one.Name));
        try
        {
            var (plan, errors) = await host.CheckAsync(recipe, order.Again, cancellationToken).ConfigureAwait(false);
            return (recipe, RecipeLineage.Of(recipe, declared), plan ?? throw new ApiException(422, "refused", string.Join("; ", errors.Select(error => error.Message))) { Errors = errors });
        }
        catch (CloudRefusedException unusable)
        {
            throw new ApiException(422, $"aws-{unusable.Code}", unusable.Message);
        }
    }
}
