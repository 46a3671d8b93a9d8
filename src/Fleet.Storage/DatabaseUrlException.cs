using Fleet.Core.Inventory;

namespace Fleet.Storage;

/// <summary>The address of a database is wrong; all errors at once, none with the password.</summary>
public sealed class DatabaseUrlException(IReadOnlyList<InputError> errors)
    : FormatException(string.Join("; ", errors))
{
    /// <summary>What is wrong.</summary>
    public IReadOnlyList<InputError> Errors => errors;
}
