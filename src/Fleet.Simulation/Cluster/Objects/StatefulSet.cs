using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A StatefulSet: pods NAME-0 … with a claim of each template, one after the other unless Parallel.</summary>
public sealed record StatefulSet : Workload
{
    /// <summary>Names of its volume claim templates; the claim of a pod is TEMPLATE-POD.</summary>
    public ImmutableArray<string> ClaimTemplates { get; init; } = [];

    /// <summary>podManagementPolicy Parallel; false is OrderedReady.</summary>
    public bool Parallel { get; init; }
}
