using System.Collections.Immutable;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Worlds;

/// <summary>A world as it is described: what there is at its start, and what will go wrong. Times in it count from the start.</summary>
public sealed record WorldSpec
{
    /// <summary>Name of the world; also the name of its cluster.</summary>
    public required string Name { get; init; }

    /// <summary>Region. Default: eu-central-1.</summary>
    public string Region { get; init; } = "eu-central-1";

    /// <summary>Availability zones. Default: a, b and c of the region.</summary>
    public ImmutableArray<string> Zones { get; init; } = ["eu-central-1a", "eu-central-1b", "eu-central-1c"];

    /// <summary>Instance types.</summary>
    public ImmutableArray<NodeProfile> InstanceTypes { get; init; } = [];

    /// <summary>Images.</summary>
    public ImmutableArray<ImageSpec> Images { get; init; } = [];

    /// <summary>SSM parameters by name.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>KMS keys.</summary>
    public ImmutableArray<KeySpec> Keys { get; init; } = [];

    /// <summary>Launch templates.</summary>
    public ImmutableArray<TemplateSpec> Templates { get; init; } = [];

    /// <summary>Auto Scaling groups.</summary>
    public ImmutableArray<GroupSpec> Groups { get; init; } = [];

    /// <summary>Workloads, made in this order.</summary>
    public ImmutableArray<WorkloadSpec> Workloads { get; init; } = [];

    /// <summary>Disruption budgets.</summary>
    public ImmutableArray<BudgetSpec> Budgets { get; init; } = [];

    /// <summary>Versions of the API servers, each a static pod; the first one answers at the endpoint. Default: none is a pod, and one at v1.33.2 answers.</summary>
    public ImmutableArray<string> ApiServers { get; init; } = [];

    /// <summary>From a node's exclusion label to its being out of every load balancer. Default: 30 s.</summary>
    public TimeSpan LoadBalancerDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a freed address is given to the next launch, so that nodes inherit dead nodes' names. Default: false.</summary>
    public bool ReuseAddresses { get; init; }

    /// <summary>What will go wrong.</summary>
    public FaultSpec Faults { get; init; } = new();

    /// <summary>The rotation that a demonstration does in this world; null when there is none.</summary>
    public RotationTarget? Rotation { get; init; }
}
