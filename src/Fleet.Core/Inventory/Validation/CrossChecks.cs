namespace Fleet.Core.Inventory.Validation;

/// <summary>What is wrong with documents together, and against what is stored.</summary>
internal static class CrossChecks
{
    public static void Run(IReadOnlyList<DeclaredResource> declared, InventorySnapshot stored)
    {
        Twice(declared);
        Pins(declared, stored.Clusters);
        SharedParameters(declared, stored.Clusters);
        var clusters = stored.Clusters.Concat(declared.Select(resource => resource.Cluster).OfType<ClusterSpec>()).GroupBy(cluster => cluster.Name).ToDictionary(group => group.Key, group => group.Last());
        UnknownClusters(declared, clusters);
        UnknownPools(declared, clusters, stored.Pools);
        SharedGroups(declared, clusters, stored.Pools);
        PoolCrossChecks.Run(declared, clusters);
        RecipeCrossChecks.Run(declared, stored.Recipes);
    }

    private static void Twice(IEnumerable<DeclaredResource> declared)
    {
        foreach (var again in declared.Where(resource => Key(resource).Length > 0).GroupBy(Key).SelectMany(group => group.Skip(1)))
        {
            again.Metadata.Fail("name", "duplicate-resource", Key(again), "each once", $"{Key(again)} is declared twice");
        }
    }

    private static void Pins(IEnumerable<DeclaredResource> declared, IReadOnlyList<ClusterSpec> stored)
    {
        foreach (var resource in declared)
        {
            var pinned = stored.FirstOrDefault(cluster => cluster.Name == resource.Cluster?.Name)?.KubeSystemUid;
            if (pinned is not null && resource.Cluster?.KubeSystemUid is { } given && given != pinned)
            {
                resource.Spec.Fail("kubeSystemUid", "conflict", given, pinned, InventoryRules.PinnedElsewhere(resource.Cluster.Name, pinned, given));
            }
        }
    }

    /// <summary>Nodes of one cluster must not be told the token of another.</summary>
    private static void SharedParameters(IReadOnlyList<DeclaredResource> declared, IReadOnlyList<ClusterSpec> stored)
    {
        var replaced = declared.Select(resource => resource.Cluster?.Name).ToHashSet();
        var clusters = stored.Where(cluster => !replaced.Contains(cluster.Name)).Concat(declared.Select(resource => resource.Cluster).OfType<ClusterSpec>()).ToList();
        foreach (var resource in declared)
        {
            if (resource.Cluster is { Join: { } join } cluster
                && clusters.Find(other => other.Name != cluster.Name && (other.Account, other.Region, other.Join?.Parameter) == (cluster.Account, cluster.Region, join.Parameter)) is { } sharing)
            {
                resource.Spec.Fail("join", "conflict", join.Parameter, "a parameter of its own", $"spec.join.parameter {join.Parameter} is that of cluster {sharing.Name} in the same account and region; nodes of one would join the other: name another one");
            }
        }
    }

    private static void UnknownClusters(IEnumerable<DeclaredResource> declared, Dictionary<string, ClusterSpec> clusters)
    {
        var known = clusters.Keys;
        foreach (var resource in declared)
        {
            var name = resource.Pool?.Cluster ?? resource.Schedule?.Cluster ?? "";
            if (name.Length == 0 || clusters.ContainsKey(name))
            {
                continue;
            }

            var allowed = known.Count == 0 ? "a cluster that is declared; there is none yet" : string.Join(", ", known.Order(StringComparer.Ordinal));
            resource.Spec.Fail("cluster", "unknown-cluster", name, allowed, $"spec.cluster: there is no cluster '{name}'{NearestNames.Hint(name, known)}");
        }
    }

    private static void UnknownPools(IReadOnlyList<DeclaredResource> declared, Dictionary<string, ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> stored)
    {
        var known = stored.Concat(declared.Select(resource => resource.Pool).OfType<NodePoolSpec>()).ToLookup(pool => pool.Cluster, pool => pool.Name);
        foreach (var resource in declared.Where(resource => resource.Schedule is { } schedule && clusters.ContainsKey(schedule.Cluster)))
        {
            var names = known[resource.Schedule!.Cluster].Distinct().Order(StringComparer.Ordinal).ToList();
            foreach (var name in resource.Schedule.Pools.Except(names))
            {
                var allowed = names.Count == 0 ? $"a pool of cluster {resource.Schedule.Cluster}; there is none yet" : string.Join(", ", names);
                resource.Spec.Fail("pools", "unknown-pool", name, allowed, $"spec.pools: cluster {resource.Schedule.Cluster} has no pool '{name}'{NearestNames.Hint(name, names)}");
            }
        }
    }

    /// <summary>Group names are unique in an account's region, so the same name under two clusters there is the same group.</summary>
    private static void SharedGroups(IReadOnlyList<DeclaredResource> declared, Dictionary<string, ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> stored)
    {
        var owners = new Dictionary<(string Place, string Group), string>();
        var replaced = declared.Select(resource => resource.Pool is { } pool ? PoolName(pool) : "").ToHashSet();
        foreach (var pool in stored.Where(pool => !replaced.Contains(PoolName(pool))))
        {
            foreach (var group in pool.Groups)
            {
                owners.TryAdd((Place(clusters, pool), group), $"pool {PoolName(pool)}");
            }
        }

        foreach (var resource in declared.Where(resource => resource.Pool is not null))
        {
            var pool = resource.Pool!;
            foreach (var group in pool.Groups.Distinct())
            {
                var mine = $"pool {PoolName(pool)}";
                if (!owners.TryAdd((Place(clusters, pool), group), mine) && owners[(Place(clusters, pool), group)] is { } other && other != mine)
                {
                    resource.Spec.Fail("groups", "group-taken", group, "a group of no other pool", $"spec.groups: {group} belongs to {other} already; a group belongs to one pool");
                }
            }
        }
    }

    private static string Place(Dictionary<string, ClusterSpec> clusters, NodePoolSpec pool) =>
        clusters.TryGetValue(pool.Cluster, out var cluster) ? $"{cluster.Account}/{cluster.Region}" : $"cluster {pool.Cluster}";

    private static string PoolName(NodePoolSpec pool) => $"{pool.Cluster}/{pool.Name}";

    private static string Key(DeclaredResource resource) =>
        resource.Cluster is { Name.Length: > 0 } cluster ? $"Cluster {cluster.Name}" : resource.Pool is { Name.Length: > 0 } pool ? $"NodePool {PoolName(pool)}"
        : resource.Schedule is { Name.Length: > 0 } schedule ? $"Schedule {schedule.Name}"
        : resource.Recipe is { Name.Length: > 0 } recipe ? $"Recipe {recipe.Name}" : "";
}
