namespace Fleet.Core.Inventory.Validation;

/// <summary>Whether a pool's cluster has what the pool's machines need.</summary>
internal static class PoolCrossChecks
{
    public static void Run(IReadOnlyList<DeclaredResource> declared, IReadOnlyDictionary<string, ClusterSpec> clusters)
    {
        foreach (var resource in declared)
        {
            if (resource.Pool is not { Template: { } template } pool || !clusters.TryGetValue(pool.Cluster, out var cluster))
            {
                continue;
            }

            if (template.UserData is not null && cluster.Join is null)
            {
                resource.Spec.Fail("template", "conflict", "worker", "a cluster that says how nodes join it",
                    $"spec.template.userData is worker, but cluster {cluster.Name} does not say how nodes join it; declare its spec.join");
            }

            if (template.InstanceProfile is { } profile && profile.Split(':') is { Length: > 4 } arn && arn[4] != cluster.Account)
            {
                resource.Spec.Fail("template", "conflict", profile, $"a profile of account {cluster.Account}",
                    $"spec.template.instanceProfile is a profile of account {arn[4]}; allowed: one of the cluster's account {cluster.Account}");
            }
        }
    }
}
