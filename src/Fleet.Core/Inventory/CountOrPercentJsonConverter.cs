using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fleet.Core.Inventory;

/// <summary>Writes a count as a number and a percentage as text, as Kubernetes' IntOrString is written.</summary>
public sealed class CountOrPercentJsonConverter : JsonConverter<CountOrPercent>
{
    /// <inheritdoc/>
    public override CountOrPercent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.Number ? reader.GetInt32().ToString() : reader.GetString();
        return CountOrPercent.TryParse(text, out var value) ? value : throw new JsonException($"'{text}' is neither a count nor a percentage");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CountOrPercent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.IsPercent)
        {
            writer.WriteStringValue(value.ToString());
        }
        else
        {
            writer.WriteNumberValue(value.Value);
        }
    }
}
