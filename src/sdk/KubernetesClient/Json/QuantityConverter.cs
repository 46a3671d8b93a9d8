using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

internal sealed class QuantityConverter : JsonConverter<ResourceQuantity>
{
    public override ResourceQuantity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => new ResourceQuantity(Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => new ResourceQuantity(reader.GetString()),
    };

    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
