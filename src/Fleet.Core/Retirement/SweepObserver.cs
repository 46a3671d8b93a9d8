using Fleet.Core.Images;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>
/// Looks at everything that decides which images go: what is declared, Fleet's records, and every account and region in which an image is or that it is shared with. Where it cannot look, it says so, and nothing that could be in use there goes.
/// </summary>
/// <param name="inventory">What is declared.</param>
/// <param name="images">Fleet's records.</param>
/// <param name="runs">The runs: one that is under way needs what it was begun for before its template says so.</param>
/// <param name="catalogs">The accounts.</param>
/// <param name="parameterPaths">Paths of parameters that hold image ids, beside Fleet's own.</param>
public sealed class SweepObserver(IInventoryStore inventory, IImageStore images, IRunStore runs, IImageCatalogs catalogs, IReadOnlyList<string> parameterPaths)
{
    private const string Published = "/fleet/images";

    /// <summary>Takes a look.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SweepObservation> ObserveAsync(CancellationToken cancellationToken)
    {
        var declared = await inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false);
        var records = await images.ImagesAsync(recipe: null, cancellationToken).ConfigureAwait(false);
        var alive = records.Where(record => record.State != ImageState.Retired).ToList();

        // Before any template: a run that ends meanwhile has written its own by then.
        var wanted = await WantedAsync(cancellationToken).ConfigureAwait(false);
        var (seen, uses, unread) = (new List<SeenImage>(), Declared(declared, alive), new List<UnreadPlace>());
        uses.AddRange(wanted);
        var owned = Owned(declared, alive);
        foreach (var (account, region) in owned.Union(Shared(alive)).Order())
        {
            try
            {
                var owns = owned.Contains((account, region));
                var looked = await LookAsync(account, region, owns, Paths(declared, account, region, owns), Ways(declared, account, region), cancellationToken).ConfigureAwait(false);
                seen.AddRange(looked.Seen);
                uses.AddRange(looked.Uses);
            }
            catch (CloudRefusedException refused)
            {
                unread.Add(new UnreadPlace(account, region, refused.Message));
            }
        }

        var own = alive.SelectMany(record => record.Copies.Select(copy => (copy.Region, copy.ImageId, Name: ImageNames.ByVersion(record.Recipe, record.KubernetesMinor, record.Version)))).ToHashSet();
        return new SweepObservation
        {
            Records = [.. records],
            Seen = [.. seen],
            Uses = [.. uses.Where(use => use.Kind != ImageUseKind.Parameter || !own.Contains((use.Region, use.ImageId, use.Subject)))],
            Recipes = [.. declared.Recipes],
            Unread = [.. unread],
        };
    }

    /// <summary>As whom a place can be looked at: a recipe's builder first, then a cluster's role.</summary>
    public static IReadOnlyList<ImagePlace> Ways(InventorySnapshot declared, string account, string region)
    {
        ArgumentNullException.ThrowIfNull(declared);
        return
        [
            .. declared.Recipes.Where(recipe => recipe.Account == account).Select(recipe => new ImagePlace(account, region, recipe.RoleArn, recipe.ExternalId))
                .Concat(declared.Clusters.Where(cluster => cluster.Account == account && cluster.Region == region).Select(cluster => new ImagePlace(account, region, cluster.RoleArn, cluster.ExternalId))).Distinct(),
        ];
    }

    /// <summary>Where parameters are read: Fleet's own path, those that were asked for, and where the parameters are that pools of the place take their image from, or those alone.</summary>
    private List<string> Paths(InventorySnapshot declared, string account, string region, bool owned)
    {
        var here = declared.Clusters.Where(cluster => cluster.Account == account && cluster.Region == region).Select(cluster => cluster.Name).ToHashSet();
        var pools = declared.Pools.Where(pool => here.Contains(pool.Cluster)).Select(pool => pool.Image?.Parameter).OfType<string>().ToList();
        List<string> all = [.. (string[])(owned ? [Published] : []), .. parameterPaths, .. pools.Select(ParameterAlias.Folder).OfType<string>()];
        return [.. all.Distinct().Where(path => !all.Exists(other => path.StartsWith($"{other}/", StringComparison.Ordinal))), .. pools.Where(ParameterAlias.IsAlone).Distinct().Select(ParameterAlias.To)];
    }

    private static HashSet<(string Account, string Region)> Owned(InventorySnapshot declared, List<ImageRecord> alive) =>
        [.. alive.SelectMany(record => record.Copies.Select(copy => (record.Account, copy.Region))), .. declared.Recipes.SelectMany(recipe => recipe.Regions.Select(region => (recipe.Account, region)))];

    private static IEnumerable<(string Account, string Region)> Shared(List<ImageRecord> alive) =>
        from record in alive from account in record.SharedWith from copy in record.Copies select (account, copy.Region);

    private async Task<IEnumerable<ImageUse>> WantedAsync(CancellationToken cancellationToken) =>
        from run in await runs.ListAsync(cluster: null, pool: null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false)
        where run.Kind == RotationSpec.Kind
        let spec = RotationJson.Read<RotationSpec>(run.Spec)
        let image = spec.Target.ImageId
        where image is not null
        select new ImageUse(spec.Cluster.Region, image, ImageUseKind.Run, run.Id);

    /// <summary>What is declared needs images without a call.</summary>
    private static List<ImageUse> Declared(InventorySnapshot declared, List<ImageRecord> alive)
    {
        var uses = new List<ImageUse>();
        foreach (var pool in declared.Pools)
        {
            if (declared.Clusters.FirstOrDefault(cluster => cluster.Name == pool.Cluster) is { } cluster && (pool.Image?.Id ?? Taken(pool.Image, alive, cluster.Region)) is { } image)
            {
                uses.Add(new ImageUse(cluster.Region, image, ImageUseKind.Pool, $"{pool.Cluster}/{pool.Name}"));
            }
        }

        foreach (var recipe in declared.Recipes)
        {
            if (recipe.Base?.Id is { } image)
            {
                uses.Add(new ImageUse(recipe.Regions[0], image, ImageUseKind.Recipe, recipe.Name));
            }
        }

        return uses;
    }

    /// <summary>
    /// The image that a pool by recipe takes next, which need not be the recipe's newest: that one may not be in the pool's region. Where all that the pool could take are on their way out, the newest of them, so that it comes back.
    /// </summary>
    private static string? Taken(ImageSource? source, List<ImageRecord> alive, string region)
    {
        if (source?.Recipe is not { } recipe)
        {
            return null;
        }

        var versions = alive.Where(record => record.Recipe == recipe).ToList();
        var taken = RecipeImages.Newest(versions, source.Channel, region).Image
            ?? RecipeImages.Newest([.. versions.Where(version => version.State is ImageState.Deprecated or ImageState.Disabled).Select(version => version with { State = version.Promoted is null ? ImageState.Candidate : ImageState.Stable })], source.Channel, region).Image;
        return taken?.In(region)?.ImageId;
    }

    /// <summary>Looks in one of several ways; the first refusal is told where all are refused.</summary>
    /// <exception cref="CloudRefusedException">No way leads there.</exception>
    private async Task<(IReadOnlyList<SeenImage> Seen, IReadOnlyList<ImageUse> Uses)> LookAsync(string account, string region, bool owned, List<string> paths, IReadOnlyList<ImagePlace> ways, CancellationToken cancellationToken)
    {
        CloudRefusedException? first = null;
        foreach (var way in ways)
        {
            try
            {
                var catalog = catalogs.At(way);
                if (await catalog.AccountAsync(cancellationToken).ConfigureAwait(false) is var actual && actual != account)
                {
                    throw new CloudRefusedException("unauthorized", "sts:GetCallerIdentity", $"the credentials are those of account {actual}");
                }

                var seen = owned ? await catalog.OwnedAsync(cancellationToken).ConfigureAwait(false) : [];
                return (seen, await catalog.UsesAsync(paths, cancellationToken).ConfigureAwait(false));
            }
            catch (CloudRefusedException refused)
            {
                first ??= refused;
            }
        }

        throw first ?? new CloudRefusedException("unauthorized", "sts:AssumeRole", $"neither a recipe nor a cluster of account {account} in {region} is declared");
    }
}
