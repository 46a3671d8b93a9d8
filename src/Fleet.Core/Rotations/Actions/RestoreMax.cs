namespace Fleet.Core.Rotations.Actions;

/// <summary>Puts max back: made only when desired, read right before, fits and max is still the one that Fleet set.</summary>
public sealed record RestoreMax(string Group, int Mine, int Before) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"restore-max {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
