using System.Collections.Immutable;
using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>What a rotation will do, as far as it can be known before it starts.</summary>
public sealed record RotationPlan
{
    /// <summary>Instances of the pool.</summary>
    public required int Total { get; init; }

    /// <summary>Outdated nodes in the order in which they are likely to go.</summary>
    public required ImmutableArray<PlannedNode> Nodes { get; init; }

    /// <summary>Ids of the instances of the age that was asked for, outdated or not. Default none.</summary>
    public ImmutableArray<string> TooOld { get; init; } = [];

    /// <summary>What is written for each group, in words.</summary>
    public required ImmutableArray<string> Changes { get; init; }

    /// <summary>Launch template versions that are written, with what each changes. Default none.</summary>
    public ImmutableArray<PlannedVersion> Versions { get; init; } = [];

    /// <summary>Instances above the wanted number at most.</summary>
    public required int Surge { get; init; }

    /// <summary>Instances missing at most.</summary>
    public required int Unavailable { get; init; }

    /// <summary>Pods that would block and why, budgets, downtime, local data.</summary>
    public required DrainPreview Drains { get; init; }

    /// <summary>AWS calls, estimated.</summary>
    public required int AwsCalls { get; init; }

    /// <summary>Kubernetes calls, estimated.</summary>
    public required int KubernetesCalls { get; init; }

    /// <summary>How long it will take.</summary>
    public required Forecast Forecast { get; init; }
}
