namespace Fleet.Core.Inventory.Documents;

/// <summary>A field of a map.</summary>
/// <param name="Name">Name.</param>
/// <param name="Value">Value.</param>
/// <param name="Position">Where the name stands.</param>
public sealed record DocumentEntry(string Name, DocumentNode Value, Position Position);
