namespace Fleet.Core.Rotations.Actions;

/// <summary>Terminates an instance whose node is drained, or that never became one.</summary>
public sealed record TerminateInstance(string Group, string InstanceId, string? Node, bool Decrement) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"terminate {InstanceId}";

    /// <inheritdoc/>
    public override string Lane => InstanceId;
}
