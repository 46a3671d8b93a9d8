namespace Fleet.Core.Rotations.Actions;

/// <summary>Sets whether new instances inherit protection.</summary>
public sealed record SetNewInstancesProtected(string Group, bool Value) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"new-protected {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
