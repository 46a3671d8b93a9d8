namespace Fleet.Core.Rotations.Actions;

/// <summary>Deletes a Node object whose instance EC2 calls terminated.</summary>
public sealed record DeleteNode(string Node, string Uid) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"delete-node {Node}";

    /// <inheritdoc/>
    public override string Lane => Node;
}
