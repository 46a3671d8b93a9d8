namespace Fleet.Core.Inventory.Pools;

/// <summary>The fields of a kubelet's configuration that a pool may declare, by the names that they have there (Kubernetes, "Kubelet Configuration (v1beta1)"). Null or empty: Kubernetes' default.</summary>
public sealed record KubeletSpec
{
    /// <summary>Most pods of the node, 1 to 1024; Kubernetes' default is 110.</summary>
    public int? MaxPods { get; init; }

    /// <summary>Most processes of a pod, 16 to 4194304; Kubernetes' default is the node's own limit.</summary>
    public int? PodPidsLimit { get; init; }

    /// <summary>What is kept for the system's daemons: quantities by <c>cpu</c>, <c>memory</c>, <c>ephemeral-storage</c> and <c>pid</c>.</summary>
    public IReadOnlyDictionary<string, string> SystemReserved { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is kept for Kubernetes' daemons, as <see cref="SystemReserved"/>.</summary>
    public IReadOnlyDictionary<string, string> KubeReserved { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Quantities or percentages by signal, below which pods are evicted at once. Where any is declared the signals with a default have it unless they are declared, too:
    /// the kubelet itself would set those to zero (Kubernetes, "Node-pressure Eviction").
    /// </summary>
    public IReadOnlyDictionary<string, string> EvictionHard { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a node that shuts down gives its pods in all (Kubernetes, "Node Shutdowns"). Kubernetes' default is 0: none.</summary>
    public TimeSpan? ShutdownGracePeriod { get; init; }

    /// <summary>How much of <see cref="ShutdownGracePeriod"/> is kept for critical pods, at most all of it.</summary>
    public TimeSpan? ShutdownGracePeriodCriticalPods { get; init; }

    /// <summary>Percentage of the disk from which unused container images are removed, 1 to 100; Kubernetes' default is 85.</summary>
    public int? ImageGcHighThresholdPercent { get; init; }

    /// <summary>Percentage of the disk down to which they are removed, 0 to 99, below the high one; Kubernetes' default is 80.</summary>
    public int? ImageGcLowThresholdPercent { get; init; }

    /// <summary>Size at which a container's log begins anew, a quantity in bytes; Kubernetes' default is 10Mi.</summary>
    public string? ContainerLogMaxSize { get; init; }

    /// <summary>Files of a container's log, 2 to 1000; Kubernetes' default is 5.</summary>
    public int? ContainerLogMaxFiles { get; init; }
}
