namespace Fleet.Core.Rotations.Actions;

/// <summary>Sets or removes the soft taint and what goes with it.</summary>
public sealed record SetSoftMarks(string Node, string Uid, bool Present, bool WithScaleDownDisabled) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"{(Present ? "mark" : "unmark")} {Node}";

    /// <inheritdoc/>
    public override string Lane => Node;
}
