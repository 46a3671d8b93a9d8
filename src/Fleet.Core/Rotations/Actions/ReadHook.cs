namespace Fleet.Core.Rotations.Actions;

/// <summary>Asks a hook what its place holds.</summary>
public sealed record ReadHook(string Hook) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"read hook {Hook}";

    /// <inheritdoc/>
    public override string Lane => $"hook {Hook}";
}
