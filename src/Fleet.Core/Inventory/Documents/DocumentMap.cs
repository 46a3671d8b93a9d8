using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Documents;

/// <summary>Named fields in the order of the text; a name may occur twice, which is an error later.</summary>
public sealed record DocumentMap(ImmutableArray<DocumentEntry> Entries, Position Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Shape => "a map";

    /// <summary>The first value of a name; null where there is none.</summary>
    public DocumentNode? this[string name] => Entries.FirstOrDefault(entry => entry.Name == name)?.Value;
}
