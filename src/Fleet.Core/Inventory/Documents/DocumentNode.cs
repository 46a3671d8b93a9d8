namespace Fleet.Core.Inventory.Documents;

/// <summary>A part of a document, with its position: made by a reader of YAML or JSON, judged here.</summary>
/// <param name="Position">Where it begins.</param>
public abstract record DocumentNode(Position Position)
{
    /// <summary>What it is, in the words of an error: <c>a list</c>, <c>text</c>.</summary>
    public abstract string Shape { get; }
}
