namespace Fleet.Core.Inventory.Pools;

/// <summary>A taint (Kubernetes, "Taints and Tolerations").</summary>
/// <param name="Key">Key, in the form of a label's.</param>
/// <param name="Value">Value, in the form of a label's; empty for none.</param>
/// <param name="Effect">What it does to pods that do not tolerate it.</param>
public sealed record NodeTaintSpec(string Key, string Value, NodeTaintEffect Effect);
