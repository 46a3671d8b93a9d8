using Fleet.Core.Inventory.Documents;

namespace Fleet.Core.Inventory;

/// <summary>One thing that is wrong with what the user gave. All are found before anything is done.</summary>
/// <param name="Code">Stable code, e.g. <c>unknown-field</c>.</param>
/// <param name="Field">The field's path, e.g. <c>spec.rotation.maxSurge</c>, or the argument's name.</param>
/// <param name="Value">The value found; null where none was given.</param>
/// <param name="Allowed">What is allowed there; null where the message says it all.</param>
/// <param name="Line">Line, from 1; 0 where there is no file.</param>
/// <param name="Column">Column, from 1; 0 where there is no file.</param>
/// <param name="Message">One sentence that names field, value and what is allowed.</param>
public sealed record InputError(string Code, string Field, string? Value, string? Allowed, int Line, int Column, string Message)
{
    /// <summary>The file; null where there is none.</summary>
    public string? Source { get; init; }

    /// <summary>An error at a place in a document.</summary>
    public static InputError At(Position position, string code, string field, string? value, string? allowed, string message) =>
        new(code, field, value, allowed, position.Line, position.Column, message) { Source = position.Source };

    /// <summary>An error in an argument.</summary>
    public static InputError Argument(string code, string field, string? value, string? allowed, string message) =>
        new(code, field, value, allowed, 0, 0, message);

    /// <summary><c>file:line:column: message</c>, as compilers print it.</summary>
    public override string ToString() => Source is null ? Message : $"{Source}:{Line}:{Column}: {Message}";
}
