using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Core.Inventory;

/// <summary>The one way in which parsed specs are written as JSON, in stores and in runs. A property that is missing takes the spec's default.</summary>
public static class SpecJson
{
    /// <summary>Camel case, enums as text, absent values left out.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Writes a spec.</summary>
    public static string Write<T>(T spec) => JsonSerializer.Serialize(spec, Options);

    /// <summary>Reads a spec.</summary>
    /// <exception cref="JsonException">The text is not such a spec.</exception>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"null is no {typeof(T).Name}");

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
