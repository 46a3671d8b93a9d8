namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A pod's toleration (Taints and Tolerations): an empty key with operator Exists tolerates all, an empty effect matches every effect.</summary>
public sealed record Toleration(string? Key, string Operator, string? Value, string? Effect, long? Seconds = null)
{
    /// <summary>Whether it tolerates a taint.</summary>
    public bool Tolerates(Taint taint) =>
        (string.IsNullOrEmpty(Effect) || Effect == taint.Effect)
        && (string.IsNullOrEmpty(Key) ? Operator == "Exists" : Key == taint.Key)
        && (Operator == "Exists" || (Value ?? "") == (taint.Value ?? ""));
}
