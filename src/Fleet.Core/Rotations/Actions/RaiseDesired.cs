namespace Fleet.Core.Rotations.Actions;

/// <summary>Raises desired: made only when desired, read right before, is still <paramref name="From"/>.</summary>
public sealed record RaiseDesired(string Group, int From, int To) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"raise-desired {Group}";

    /// <inheritdoc/>
    public override string Lane => Group;
}
