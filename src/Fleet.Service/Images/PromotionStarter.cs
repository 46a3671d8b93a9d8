using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Promotions;
using Fleet.Core.Promotions.Orders;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Promotions;
using Fleet.Service.Http;
using Fleet.Service.Runs;

namespace Fleet.Service.Images;

/// <summary>Checks which image is asked to become stable, and begins it.</summary>
internal sealed class PromotionStarter(ServiceOptions options, PromotionHost host, RunSupervisor supervisor)
{
    /// <summary>The plan of what is asked for; nothing is recorded.</summary>
    public async Task<JsonObject> PlanAsync(ImagePromotionOrder order, CancellationToken cancellationToken)
    {
        var (spec, plan) = await CheckAsync(order, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["plan"] = PromotionPlanDocument.Of(spec, plan) };
    }

    /// <summary>Begins what is asked for, or finds what the same order began before.</summary>
    /// <param name="order">The order.</param>
    /// <param name="digest">Digest of the order.</param>
    /// <param name="startedBy">Who asks.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>The run, already recorded, and whether this order began it.</returns>
    public Task<(Run Run, bool Begun)> StartAsync(ImagePromotionOrder order, string digest, Caller startedBy, CancellationToken cancellationToken) =>
        ImageRuns.BeginAsync(options, supervisor, order.Key, digest, startedBy, order.WhenUnderWay, async ending => host.Prepare((await CheckAsync(order, ending).ConfigureAwait(false)).Spec, startedBy.Name, startedBy.Person), cancellationToken);

    private async Task<(PromotionSpec Spec, PromotionPlan Plan)> CheckAsync(ImagePromotionOrder order, CancellationToken cancellationToken)
    {
        var declared = (await options.Inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Recipes;
        var recipe = declared.FirstOrDefault(one => one.Name == order.Recipe) ?? throw ApiException.NotFound("recipe", order.Recipe, declared.Select(one => one.Name));
        try
        {
            var (plan, spec, errors) = await host.CheckAsync(new PromotionSpec { Recipe = recipe, Version = order.Version ?? "", SkipSoak = order.SkipSoak }, cancellationToken).ConfigureAwait(false);
            return (spec, plan ?? throw new ApiException(422, "refused", string.Join("; ", errors.Select(error => error.Message))) { Errors = errors });
        }
        catch (CloudRefusedException unusable)
        {
            throw new ApiException(422, $"aws-{unusable.Code}", unusable.Message);
        }
    }
}
