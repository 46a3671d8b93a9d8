namespace Fleet.Core.Templates;

/// <summary>A machine image.</summary>
/// <param name="Id">Id, <c>ami-…</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Architecture"><c>x86_64</c> or <c>arm64</c>.</param>
/// <param name="State"><c>available</c>, <c>pending</c>, <c>failed</c>, <c>disabled</c> …</param>
/// <param name="RootDeviceName">e.g. <c>/dev/xvda</c>; null when unknown.</param>
/// <param name="KubernetesVersion">Version of its kubelet by its tag <c>fleet:kubernetes</c>, e.g. 1.33.2; null when it has none.</param>
public sealed record MachineImage(string Id, string Name, string Architecture, string State, string? RootDeviceName = null, string? KubernetesVersion = null);
