using Fleet.Core.Builds;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Hosting.Builds;
using Fleet.Service.Runs;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Images;

/// <summary>Orders the builds of derived recipes when their parent has a newer stable image. What cannot be built is a run that failed, with its reasons, as any build that was ordered.</summary>
internal sealed partial class DerivedBuildOrders(ServiceOptions options, BuildHost host, RunSupervisor supervisor, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Looks every minute until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store fails with, the next look finds the same.
            catch (Exception away)
#pragma warning restore CA1031
            {
                Log.Failed(logger, away);
            }

            await Task.Delay(Interval, options.Connections.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Orders what is due; where the recipe is being built already, the next look does.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var recipes = (await options.Inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Recipes;
        if (recipes.All(recipe => recipe.Parent is null))
        {
            return;
        }

        var records = await options.Images.ImagesAsync(recipe: null, cancellationToken).ConfigureAwait(false);
        foreach (var (recipe, parent) in DerivedBuilds.Due(recipes, [.. records]))
        {
            var (key, orderer) = (DerivedBuilds.Key(recipe, parent), $"recipe/{parent.Recipe}");
            if (await options.Runs.FindByKeyAsync(key, orderer, cancellationToken).ConfigureAwait(false) is not null)
            {
                continue;
            }

            try
            {
                var run = await options.Runs.CreateAsync(host.Prepare(new BuildSpec { Recipe = recipe, Ancestors = RecipeLineage.Of(recipe, recipes) }, orderer, orderer) with { Key = key, OrderDigest = key }, WhenUnderWay.Refuse, cancellationToken).ConfigureAwait(false);
                Log.Ordered(logger, run.Id, recipe.Name, parent.Key);
                supervisor.Look();
            }
            catch (RunUnderWayException)
            {
                // What is being built may start from the older parent: once it has ended this is due still, or not.
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1210, Level = LogLevel.Information, Message = "Run {Run} builds recipe {Recipe}, since {Parent} is stable")]
        public static partial void Ordered(ILogger logger, string run, string recipe, string parent);

        [LoggerMessage(EventId = 1211, Level = LogLevel.Warning, Message = "Builds of derived recipes could not be looked for; tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception away);
    }
}
