namespace Fleet.Core.Disruption;

/// <summary>A pod's toleration (Taints and Tolerations).</summary>
public sealed record PodToleration(string? Key, string Operator, string? Value, string? Effect)
{
    /// <summary>Whether it tolerates a taint: an empty key with Exists tolerates all, an empty effect matches every effect.</summary>
    public bool Tolerates(NodeTaint taint) =>
        (string.IsNullOrEmpty(Effect) || Effect == taint.Effect)
        && (string.IsNullOrEmpty(Key) ? Operator == "Exists" : Key == taint.Key)
        && (Operator == "Exists" || (Value ?? "") == (taint.Value ?? ""));
}
