using Fleet.Core.Inventory;

namespace Fleet.Cli;

/// <summary>The command is refused before anything changed; printed as its errors, exit code 2.</summary>
internal sealed class RefusedException(params IReadOnlyList<InputError> errors) : Exception(string.Join("; ", errors))
{
    public IReadOnlyList<InputError> Errors => errors;

    public static RefusedException Because(string code, string field, string? value, string? allowed, string message) =>
        new(InputError.Argument(code, field, value, allowed, message));
}
