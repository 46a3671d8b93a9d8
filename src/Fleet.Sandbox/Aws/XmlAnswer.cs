using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Fleet.Sandbox.Aws;

/// <summary>Writes a document of member names as the XML answer of an operation.</summary>
internal static class XmlAnswer
{
    public static byte[] Write(AwsModel model, string operation, JsonObject document, string requestId)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            var space = model.Namespace.TrimEnd('/') + "/";
            xml.WriteStartElement(operation + "Response", space);
            var output = model.OutputOf(operation);
            if (model.Ec2)
            {
                xml.WriteElementString("requestId", space, requestId);
                WriteMembers(model, xml, space, output, document);
                if (output is null)
                {
                    xml.WriteElementString("return", space, "true");
                }
            }
            else
            {
                if (model.WrapperOf(operation) is { } wrapper)
                {
                    xml.WriteStartElement(wrapper, space);
                    WriteMembers(model, xml, space, output, document);
                    xml.WriteEndElement();
                }

                xml.WriteStartElement("ResponseMetadata", space);
                xml.WriteElementString("RequestId", space, requestId);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    private static void WriteMembers(AwsModel model, XmlWriter xml, string space, string? shape, JsonObject document)
    {
        if (shape is null)
        {
            return;
        }

        var members = model.Shape(shape).GetProperty("members");
        foreach (var (name, value) in document)
        {
            // A name that the model does not know would be lost on real clients: it is a mistake of this server.
            var member = members.TryGetProperty(name, out var known) ? known : throw new InvalidOperationException($"{shape} has no member {name}");
            if (value is not null)
            {
                WriteValue(model, xml, space, member.TryGetProperty("locationName", out var location) ? location.GetString()! : name, member.GetProperty("shape").GetString()!, value);
            }
        }
    }

    private static void WriteValue(AwsModel model, XmlWriter xml, string space, string element, string shape, JsonNode value)
    {
        xml.WriteStartElement(element, space);
        switch (value)
        {
            case JsonObject structure:
                WriteMembers(model, xml, space, shape, structure);
                break;
            case JsonArray list:
                var item = model.Shape(shape).GetProperty("member");
                var itemName = item.TryGetProperty("locationName", out var location) ? location.GetString()! : model.Ec2 ? "item" : "member";
                foreach (var entry in list.OfType<JsonNode>())
                {
                    WriteValue(model, xml, space, itemName, item.GetProperty("shape").GetString()!, entry);
                }

                break;
            default:
                xml.WriteString(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
                break;
        }

        xml.WriteEndElement();
    }
}
