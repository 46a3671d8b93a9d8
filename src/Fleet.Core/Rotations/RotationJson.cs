using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Core.Rotations;

/// <summary>Spec and state of a rotation as they are stored.</summary>
public static class RotationJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new CountOrPercentConverter() },
    };

    /// <summary>Writes a spec or a state.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads a spec or a state.</summary>
    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidDataException("a stored document is empty");

    private sealed class CountOrPercentConverter : JsonConverter<Inventory.CountOrPercent>
    {
        public override Inventory.CountOrPercent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Inventory.CountOrPercent.TryParse(reader.GetString(), out var value) ? value : throw new JsonException("not a count or percentage");

        public override void Write(Utf8JsonWriter writer, Inventory.CountOrPercent value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
