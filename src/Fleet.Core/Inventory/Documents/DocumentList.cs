using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Documents;

/// <summary>A list.</summary>
public sealed record DocumentList(ImmutableArray<DocumentNode> Items, Position Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Shape => "a list";
}
