namespace Fleet.Core.Rotations.Actions;

/// <summary>Cordons or uncordons.</summary>
public sealed record SetCordon(string Node, string Uid, bool Present) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"{(Present ? "cordon" : "uncordon")} {Node}";

    /// <inheritdoc/>
    public override string Lane => Node;
}
