namespace Fleet.Core.Disruption;

/// <summary>Obstructions in the words of the scheduler's events, so that they can be searched for.</summary>
internal static class ObstructionWords
{
    public static string Of(Obstruction obstruction) => obstruction switch
    {
        Obstruction.Taint => "node(s) had untolerated taints",
        Obstruction.NodeSelection => "node(s) didn't match Pod's node affinity/selector",
        Obstruction.VolumeZone => "node(s) had volume node affinity conflict",
        Obstruction.Pods => "Too many pods",
        Obstruction.Cpu => "Insufficient cpu",
        Obstruction.Memory => "Insufficient memory",
        Obstruction.OtherResource => "Insufficient extended resources",
        Obstruction.AntiAffinity => "node(s) didn't match pod anti-affinity rules",
        Obstruction.Affinity => "node(s) didn't match pod affinity rules",
        Obstruction.Spread => "node(s) didn't match pod topology spread constraints",
        _ => throw new ArgumentOutOfRangeException(nameof(obstruction), obstruction, "not an obstruction"),
    };

    /// <summary>What a pod asks for.</summary>
    public static string Wish(Pod pod) =>
        $"requests {pod.Requests.MilliCpu}m cpu, {pod.Requests.MemoryBytes >> 20} Mi memory"
        + string.Concat(pod.Requests.Others.Select(other => $", {other.Value} {other.Key}"))
        + (pod.VolumeZones is { Count: > 0 } zones ? $", volumes in {string.Join(" or ", zones)}" : "");
}
