namespace Fleet.Core.Disruption;

/// <summary>Why a pod cannot go to a node.</summary>
internal enum Obstruction
{
    None,
    Taint,
    NodeSelection,
    VolumeZone,
    Pods,
    Cpu,
    Memory,
    OtherResource,
    AntiAffinity,
    Affinity,
    Spread,
}
