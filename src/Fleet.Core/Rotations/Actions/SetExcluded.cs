namespace Fleet.Core.Rotations.Actions;

/// <summary>Sets or removes the load-balancer exclusion label.</summary>
public sealed record SetExcluded(string Node, string Uid, bool Present, bool KeepRunMark = false) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"{(Present ? "exclude" : "include")} {Node}";

    /// <inheritdoc/>
    public override string Lane => Node;
}
