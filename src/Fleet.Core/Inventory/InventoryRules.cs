namespace Fleet.Core.Inventory;

/// <summary>What every implementation of <see cref="IInventoryStore"/> refuses, in the same words.</summary>
public static class InventoryRules
{
    /// <summary>There is no cluster of that name.</summary>
    public static InvalidOperationException UnknownCluster(string cluster) => new($"there is no cluster {cluster}");

    /// <summary>The cluster still has pools.</summary>
    public static InvalidOperationException HasPools(string cluster, IEnumerable<string> pools) =>
        new($"cluster {cluster} still has the pools {string.Join(", ", pools)}; delete them first");

    /// <summary>The cluster still has schedules.</summary>
    public static InvalidOperationException HasSchedules(string cluster, IEnumerable<string> schedules) =>
        new($"cluster {cluster} still has the schedules {string.Join(", ", schedules)}; delete them first");

    /// <summary>Other recipes start from the recipe's images.</summary>
    public static InvalidOperationException IsParent(string recipe, IEnumerable<string> derived) =>
        new($"recipe {recipe} is the parent of {string.Join(", ", derived)}; delete them first");

    /// <summary>Pools take the recipe's images.</summary>
    public static InvalidOperationException IsImage(string recipe, IEnumerable<string> pools) =>
        new($"the pools {string.Join(", ", pools)} take their image from recipe {recipe}, which is not declared then; give them another image first");

    /// <summary>Refuses a change after which a recipe would have no parent, or a pool's image no recipe.</summary>
    /// <param name="change">The change.</param>
    /// <param name="stored">What is declared before it.</param>
    /// <exception cref="InvalidOperationException">It would.</exception>
    public static void CheckRecipes(InventoryChange change, InventorySnapshot stored)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(stored);
        var recipes = stored.Recipes.Where(recipe => change.Recipes.All(put => put.Name != recipe.Name)).Concat(change.Recipes).Where(recipe => recipe.Name != change.DeleteRecipe).ToList();
        if (change.DeleteRecipe is { } gone && recipes.Where(recipe => recipe.Parent == gone).Select(recipe => recipe.Name).ToList() is { Count: > 0 } derived)
        {
            throw IsParent(gone, derived);
        }

        if (recipes.Find(recipe => recipe.Parent is { } parent && recipes.TrueForAll(other => other.Name != parent)) is { } orphan)
        {
            throw new InvalidOperationException($"there is no recipe {orphan.Parent}, the parent of {orphan.Name}");
        }

        var replaced = change.Pools.Select(pool => (pool.Cluster, pool.Name)).ToHashSet();
        var pools = stored.Pools.Where(pool => !replaced.Contains((pool.Cluster, pool.Name)) && (pool.Cluster, pool.Name) != change.DeletePool).Concat(change.Pools);
        var without = pools.Where(pool => pool.Image?.Recipe is { } wanted && recipes.TrueForAll(recipe => recipe.Name != wanted)).ToList();
        if (without.Count > 0)
        {
            throw IsImage(without[0].Image!.Recipe!, without.Where(pool => pool.Image!.Recipe == without[0].Image!.Recipe).Select(pool => $"{pool.Cluster}/{pool.Name}"));
        }
    }

    /// <summary>Schedules build the recipe's images.</summary>
    public static InvalidOperationException IsBuilt(string recipe, IEnumerable<string> schedules) =>
        new($"the schedules {string.Join(", ", schedules)} build recipe {recipe}, which is not declared then; take it out of them first");

    /// <summary>Schedules name the pool.</summary>
    public static InvalidOperationException IsScheduled(string cluster, string pool, IEnumerable<string> schedules) =>
        new($"pool {cluster}/{pool} is named by the schedules {string.Join(", ", schedules)}; take it out of them first");

    /// <summary>Refuses a change after which a schedule would have no cluster or recipe, or a pool that it names were gone.</summary>
    /// <param name="change">The change.</param>
    /// <param name="stored">What is declared before it.</param>
    /// <exception cref="InvalidOperationException">It would.</exception>
    public static void CheckSchedules(InventoryChange change, InventorySnapshot stored)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(stored);
        var put = change.Schedules.Select(schedule => schedule.Name).ToHashSet();
        var schedules = stored.Schedules.Where(schedule => schedule.Name != change.DeleteSchedule && !put.Contains(schedule.Name)).Concat(change.Schedules).ToList();
        if (change.Schedules.FirstOrDefault(schedule => !stored.Clusters.Concat(change.Clusters).Any(cluster => cluster.Name == schedule.Cluster)) is { } orphan)
        {
            throw UnknownCluster(orphan.Cluster);
        }

        var recipes = stored.Recipes.Concat(change.Recipes).Select(recipe => recipe.Name).Where(name => name != change.DeleteRecipe).ToHashSet();
        if (schedules.Where(schedule => schedule.Recipe is { } recipe && !recipes.Contains(recipe)).ToList() is [var builds, ..] without)
        {
            throw IsBuilt(builds.Recipe!, without.Where(schedule => schedule.Recipe == builds.Recipe).Select(schedule => schedule.Name));
        }

        if (change.DeleteCluster is { } cluster && schedules.Where(schedule => schedule.Cluster == cluster).Select(schedule => schedule.Name).ToList() is { Count: > 0 } left)
        {
            throw HasSchedules(cluster, left);
        }

        if (change.DeletePool is { } pool && schedules.Where(schedule => schedule.Cluster == pool.Cluster && schedule.Pools.Contains(pool.Name)).Select(schedule => schedule.Name).ToList() is { Count: > 0 } naming)
        {
            throw IsScheduled(pool.Cluster, pool.Name, naming);
        }
    }

    /// <summary>The sentence that refuses another uid than the pinned one.</summary>
    public static string PinnedElsewhere(string cluster, string pinned, string given) =>
        $"cluster {cluster} is pinned to the kube-system uid {pinned}, not {given}: another cluster answers under this name; delete the cluster here if it was made anew";

    /// <summary>The uid that is to be kept: the pinned one, else the given one.</summary>
    /// <exception cref="InvalidOperationException">Both are there and differ.</exception>
    public static string? Pin(string cluster, string? pinned, string? given) =>
        pinned is null || given is null || pinned == given ? pinned ?? given : throw new InvalidOperationException(PinnedElsewhere(cluster, pinned, given));
}
