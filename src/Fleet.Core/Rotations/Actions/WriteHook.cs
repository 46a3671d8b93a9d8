namespace Fleet.Core.Rotations.Actions;

/// <summary>Has a hook write a value, where its place holds the expected one still.</summary>
public sealed record WriteHook(string Hook, string From, string To) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"write hook {Hook}";

    /// <inheritdoc/>
    public override string Lane => $"hook {Hook}";
}
