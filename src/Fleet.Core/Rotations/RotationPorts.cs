using Fleet.Core.Disruption;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations;

/// <summary>All that a rotation reaches outside.</summary>
public sealed record RotationPorts
{
    /// <summary>The cluster's watched view.</summary>
    public required IClusterWatch Cluster { get; init; }

    /// <summary>Changes on nodes.</summary>
    public required INodeActions Nodes { get; init; }

    /// <summary>Evictions.</summary>
    public required IEvictions Evictions { get; init; }

    /// <summary>The pool's lease.</summary>
    public required IPoolLock Lock { get; init; }

    /// <summary>What Fleet's user may do in the cluster.</summary>
    public required IPermissions Permissions { get; init; }

    /// <summary>The cluster's API servers.</summary>
    public required IApiServers ApiServers { get; init; }

    /// <summary>Auto Scaling groups.</summary>
    public required IScalingGroups Groups { get; init; }

    /// <summary>Launch templates.</summary>
    public required ILaunchTemplates Templates { get; init; }

    /// <summary>Instances and the caller.</summary>
    public required IInstances Instances { get; init; }

    /// <summary>Images.</summary>
    public required IMachineImages Images { get; init; }

    /// <summary>Places elsewhere that name pools' images.</summary>
    public required IHooks Hooks { get; init; }

    /// <summary>What is declared and remembered of pools.</summary>
    public required IInventoryStore Inventory { get; init; }
}
