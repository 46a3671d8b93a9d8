namespace Fleet.Core.Rotations.Actions;

/// <summary>Raises max: made only when max, read right before, is still <paramref name="From"/>.</summary>
public sealed record RaiseMax(string Group, int From, int To) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"raise-max {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
