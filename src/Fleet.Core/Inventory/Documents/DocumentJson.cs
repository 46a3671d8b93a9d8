using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fleet.Core.Inventory.Documents;

/// <summary>Writes a document as JSON: what is kept beside the parsed spec, and given back as it was put.</summary>
public static class DocumentJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON text of a node, fields in their order.</summary>
    public static string Write(DocumentNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            Write(writer, node);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter writer, DocumentNode node)
    {
        switch (node)
        {
            case DocumentMap map:
                writer.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    writer.WritePropertyName(entry.Name);
                    Write(writer, entry.Value);
                }

                writer.WriteEndObject();
                break;
            case DocumentList list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case DocumentScalar { Kind: ScalarKind.Text } text:
                writer.WriteStringValue(text.Text);
                break;
            case DocumentScalar scalar:
                writer.WriteRawValue(scalar.Kind == ScalarKind.Null ? "null" : scalar.Text);
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} is no kind of node");
        }
    }
}
