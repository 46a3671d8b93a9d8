using System.Collections.Immutable;
using System.Text.Json;

namespace Fleet.Core.Images.Builds;

/// <summary>Values of variables, each of which is kept as JSON, by name.</summary>
internal static class VariableValue
{
    /// <summary>A text, or a number or truth value as a text; null where there is none, or an empty one.</summary>
    public static string? Text(IReadOnlyDictionary<string, string> variables, string name) => Scalar(Find(variables, name));

    /// <summary>The same of a map's member.</summary>
    public static string? Member(IReadOnlyDictionary<string, string> variables, string name, string member) =>
        Find(variables, name) is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(member, out var value) ? Scalar(value) : null;

    /// <summary>The items of a list; null where there is none.</summary>
    public static ImmutableArray<string>? Items(IReadOnlyDictionary<string, string> variables, string name) =>
        Find(variables, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : null;

    private static JsonElement? Find(IReadOnlyDictionary<string, string> variables, string name) => variables.TryGetValue(name, out var json) ? JsonSerializer.Deserialize<JsonElement>(json) : null;

    private static string? Scalar(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar && scalar.ToString() is { Length: > 0 } text ? text : null;
}
