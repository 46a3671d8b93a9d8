namespace Fleet.Core.Rotations.Actions;

/// <summary>Sets or lifts scale-in protection of instances.</summary>
public sealed record ProtectInstances(string Group, IReadOnlyList<string> Instances, bool Value) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"{(Value ? "protect" : "unprotect")} {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
