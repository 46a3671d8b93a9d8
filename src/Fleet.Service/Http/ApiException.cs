using System.Text.Json.Nodes;
using Fleet.Core.Inventory;

namespace Fleet.Service.Http;

/// <summary>A request that cannot be done, as the caller is told.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Stable code.</param>
/// <param name="detail">One sentence that names what, and what would do.</param>
internal sealed class ApiException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Everything that is wrong with the input.</summary>
    public IReadOnlyList<InputError> Errors { get; init; } = [];

    /// <summary>Further members of the problem.</summary>
    public JsonObject More { get; init; } = [];

    public static ApiException Invalid(IReadOnlyList<InputError> errors) => new(400, "invalid", string.Join("; ", errors.Select(error => error.Message))) { Errors = errors };

    public static ApiException NotFound(string what, string name, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToList();
        var hint = NearestNames.Hint(name, names);
        return new(404, "not-found", $"there is no {what} '{name}'{hint}");
    }
}
