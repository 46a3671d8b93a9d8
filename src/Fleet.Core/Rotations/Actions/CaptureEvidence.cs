namespace Fleet.Core.Rotations.Actions;

/// <summary>Keeps what an instance that never joined has to say: console output and the node's events.</summary>
public sealed record CaptureEvidence(string InstanceId, string? Node) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"evidence {InstanceId}";

    /// <inheritdoc/>
    public override string Lane => InstanceId;
}
