using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A text is sent as it is, an object is serialised.</summary>
internal sealed class PatchConverter : JsonConverter<V1Patch>
{
    public override V1Patch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A patch is sent and never read.");

    public override void Write(Utf8JsonWriter writer, V1Patch value, JsonSerializerOptions options)
    {
        if (value.Content is string text)
        {
            writer.WriteRawValue(text);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Content, options);
        }
    }
}
