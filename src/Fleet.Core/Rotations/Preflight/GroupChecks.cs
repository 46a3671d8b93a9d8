using Fleet.Core.Disruption;
using Fleet.Core.Runs;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether a pool's groups are there, are Fleet's to change, and are this cluster's.</summary>
internal static class GroupChecks
{
    private static readonly (string Key, string Owner)[] OwnerTags =
    [
        ("eks:nodegroup-name", "an EKS managed node group"),
        ("sigs.k8s.io/cluster-api-provider-aws/", "Cluster API"),
        ("karpenter.sh/", "Karpenter"),
        ("aws:cloudformation:stack-name", "CloudFormation"),
        ("kops.k8s.io/instancegroup", "kOps"),
    ];

    /// <summary>Instances in service that are no nodes of the cluster.</summary>
    public static IReadOnlyList<string> Strangers(IReadOnlyList<ScalingGroup> groups, ClusterView view)
    {
        var nodes = view.Nodes.Values.Select(node => node.InstanceId).OfType<string>().ToHashSet();
        return [.. groups.SelectMany(group => group.Instances).Where(instance => instance.InService && !nodes.Contains(instance.Id)).Select(instance => instance.Id)];
    }

    /// <param name="request">What is asked for.</param>
    /// <param name="groups">The groups that there are.</param>
    /// <param name="strangers">Instances in service that are no nodes and that nobody answers for.</param>
    public static IEnumerable<Reason> Of(RotationRequest request, IReadOnlyList<ScalingGroup> groups, HashSet<string> strangers)
    {
        foreach (var name in request.Pool.Groups)
        {
            var other = request.OtherPools.FirstOrDefault(pool => pool.Groups.Contains(name));
            if (other is not null)
            {
                yield return Refusal("group-in-two-pools", $"auto scaling group {name}", $"group {name} belongs to pool {other.Cluster}/{other.Name} too", "one pool per group", $"{other.Cluster}/{other.Name}", "take it out of one of the pools");
            }

            if (!groups.Any(group => group.Name == name))
            {
                yield return Refusal("group-missing", $"auto scaling group {name}", $"there is no Auto Scaling group {name} in account {request.Cluster.Account}, region {request.Cluster.Region}", null, name, "correct spec.groups of the pool");
            }
        }

        foreach (var reason in groups.SelectMany(group => Of(group, strangers, request.Cluster.Name)))
        {
            yield return reason;
        }
    }

    private static IEnumerable<Reason> Of(ScalingGroup group, HashSet<string> unknown, string cluster)
    {
        var name = $"auto scaling group {group.Name}";
        foreach (var feature in group.Features.Where(feature => feature != "launch-configuration"))
        {
            yield return Refusal("group-feature", name, $"{group.Name} has {feature}, which this version of Fleet does not rotate", $"no {feature}", feature, $"remove it from the group, or leave the group out of the pool");
        }

        if (group.TemplateId is null && !group.Features.Contains("mixed-instances-policy"))
        {
            yield return Refusal("no-template", name, $"{group.Name} has no launch template", "a launch template", "none", "give the group a launch template");
        }

        foreach (var (key, owner) in OwnerTags)
        {
            if (group.Tags.Keys.FirstOrDefault(tag => tag.StartsWith(key, StringComparison.Ordinal)) is { } tag)
            {
                yield return Refusal("foreign-owner", name, $"{group.Name} belongs to {owner} (tag {tag}), which would revert what Fleet does", "no other owner", tag, $"rotate it with {owner}, or take the group out of its hands");
            }
        }

        foreach (var process in group.Suspended.Where(process => process is "Launch" or "Terminate"))
        {
            yield return Refusal("process-suspended", name, $"process {process} of {group.Name} is suspended: no instance could be exchanged", $"{process} not suspended", "suspended", $"resume {process}");
        }

        var strangers = group.Instances.Select(instance => instance.Id).Where(unknown.Contains).ToList();
        if (strangers.Count > 0)
        {
            yield return Refusal("instance-without-node", name, $"{strangers.Count} instances of {group.Name} are no nodes of cluster {cluster}: {string.Join(", ", strangers.Take(5))}", "each InService instance is a Node by its providerID", $"{strangers.Count} are not", "wait for instances that still boot, terminate those that never joined, or check that pool and cluster belong together");
        }
    }
}
