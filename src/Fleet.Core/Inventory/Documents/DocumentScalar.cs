namespace Fleet.Core.Inventory.Documents;

/// <summary>A single value.</summary>
/// <param name="Text">As written: leading zeros of an account survive.</param>
/// <param name="Kind">What it is in JSON.</param>
/// <param name="Position">Where it begins.</param>
public sealed record DocumentScalar(string Text, ScalarKind Kind, Position Position) : DocumentNode(Position)
{
    /// <inheritdoc/>
    public override string Shape => Kind switch
    {
        ScalarKind.Text => "text",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        _ => "empty",
    };
}
