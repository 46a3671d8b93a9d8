using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Reads and builds documents of the API; absent members and wrong types read as null (the schema check has refused wrong types before).</summary>
internal static class Json
{
    public static JsonObject? Object(this JsonObject? parent, string name) => parent?[name] as JsonObject;

    public static JsonArray? Array(this JsonObject? parent, string name) => parent?[name] as JsonArray;

    public static string? Text(this JsonObject? parent, string name) => parent?[name] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    public static long? Number(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (long)number : null;

    public static bool? Flag(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? parent![name]!.GetValue<bool>() : null;

    public static IEnumerable<JsonObject> Objects(this JsonObject? parent, string name) => parent.Array(name)?.OfType<JsonObject>() ?? [];

    public static ImmutableArray<string> Texts(this JsonObject? parent, string name) =>
        parent.Array(name) is { } array ? [.. array.OfType<JsonValue>().Select(value => value.ToString())] : [];

    public static ImmutableSortedDictionary<string, string> Map(this JsonObject? parent, string name)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in parent.Object(name) ?? [])
        {
            map[key] = value?.ToString() ?? "";
        }

        return map.ToImmutable();
    }

    public static JsonObject Of(IEnumerable<KeyValuePair<string, string>> map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map)
        {
            result[key] = value;
        }

        return result;
    }

    public static JsonArray Of(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    public static JsonArray Of(IEnumerable<JsonObject> values) => new([.. values.Select(value => (JsonNode)value)]);

    /// <summary>Sets a member unless the value is null, an empty object or an empty array: what Go's omitempty leaves out.</summary>
    public static JsonObject With(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 }))
        {
            target[name] = value;
        }

        return target;
    }

    /// <summary>A number or a percentage as the API writes an IntOrString.</summary>
    public static JsonNode? IntOrString(string? value) =>
        value is null ? null : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : value;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string MicroTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? When(this JsonObject? parent, string name) =>
        parent.Text(name) is { Length: > 0 } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
