using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Sandbox.Kubernetes.Protobuf;

/// <summary>
/// Reads the protobuf form of an object as the JSON document that says the same (Kubernetes API Concepts: "Kubernetes Protobuf encoding"): four bytes <c>k8s\0</c>, then an envelope with apiVersion, kind and the object.
/// </summary>
internal static class ProtoDocument
{
    private const int Nanoseconds = 100;

    /// <summary>Reads a body.</summary>
    /// <exception cref="FormatException">It is no such body, or holds a kind or field that is not read.</exception>
    public static JsonObject Read(ReadOnlyMemory<byte> body)
    {
        if (!body.Span.StartsWith("k8s\0"u8))
        {
            throw new FormatException("the body does not begin with the prefix of Kubernetes' protobuf encoding");
        }

        var (type, raw) = (new JsonObject(), ReadOnlyMemory<byte>.Empty);
        foreach (var (number, value) in Wire(body[4..]))
        {
            switch (number)
            {
                case 1:
                    foreach (var (part, text) in Wire(value.Bytes))
                    {
                        type[part == 1 ? "apiVersion" : "kind"] = Text(text.Bytes);
                    }

                    break;
                case 2:
                    raw = value.Bytes;
                    break;
            }
        }

        foreach (var (name, field) in Message((string?)type["kind"] ?? "", raw).ToList())
        {
            type[name] = field?.DeepClone();
        }

        return type;
    }

    private static JsonObject Message(string message, ReadOnlyMemory<byte> bytes)
    {
        var fields = ProtoMessages.Of(message) ?? throw new FormatException($"a {message} is not read from protobuf; send JSON");
        var document = new JsonObject();
        foreach (var (number, value) in Wire(bytes))
        {
            var field = fields.GetValueOrDefault(number) ?? throw new FormatException($"field {number} of {message} is not read from protobuf; send JSON");
            if (field.Type is "map" or "quantities")
            {
                var parts = Wire(value.Bytes).ToDictionary(part => part.Number, part => part.Value.Bytes);
                var of = parts.GetValueOrDefault(2);
                Within(document, field.Name)[Text(parts.GetValueOrDefault(1))] = field.Type == "map" ? Text(of) : Quantity(of);
            }
            else if (Value(field, value) is { } read)
            {
                if (field.Repeated)
                {
                    var list = document[field.Name] as JsonArray;
                    document[field.Name] = list ??= [];
                    list.Add(read);
                }
                else
                {
                    document[field.Name] = read;
                }
            }
        }

        return document;
    }

    private static JsonObject Within(JsonObject document, string name)
    {
        if (document[name] is not JsonObject inner)
        {
            document[name] = inner = [];
        }

        return inner;
    }

    /// <summary>A value in JSON; null for one that JSON leaves out.</summary>
    private static JsonNode? Value(ProtoField field, WireValue value)
    {
        var always = field.Kept || field.Repeated;
        switch (field.Type)
        {
            case "ignored":
                return null;
            case "string":
                return Text(value.Bytes) is var text && (always || text.Length > 0) ? text : null;
            case "int":
                return always || value.Number != 0 ? value.Number : null;
            case "bool":
                return always || value.Number != 0 ? value.Number != 0 : null;
            case "Time":
                return Time(value.Bytes);
            case "IntOrString":
                var parts = Wire(value.Bytes).ToDictionary(part => part.Number, part => part.Value);
                return parts.GetValueOrDefault(1).Number == 0 ? parts.GetValueOrDefault(2).Number : Text(parts.GetValueOrDefault(3).Bytes);
            default:
                return Message(field.Type, value.Bytes) is var inner && (always || inner.Count > 0) ? inner : null;
        }
    }

    private static string? Time(ReadOnlyMemory<byte> bytes)
    {
        var parts = Wire(bytes).ToDictionary(part => part.Number, part => part.Value.Number);
        return parts.Count == 0 ? null
            : DateTimeOffset.FromUnixTimeSeconds(parts.GetValueOrDefault(1)).AddTicks(parts.GetValueOrDefault(2) / Nanoseconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    private static string Quantity(ReadOnlyMemory<byte> bytes) => Text(Wire(bytes).Where(part => part.Number == 1).Select(part => part.Value.Bytes).FirstOrDefault());

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>The fields of a message as they lie on the wire (Protocol Buffers: "Encoding").</summary>
    private static IEnumerable<(int Number, WireValue Value)> Wire(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var tag = Varint(bytes, ref at);
            var (number, type) = ((int)(tag >> 3), (int)(tag & 7));
            if (type == 0)
            {
                yield return (number, new((long)Varint(bytes, ref at), default));
                continue;
            }

            var length = type switch
            {
                1 => sizeof(long),
                2 => (int)Math.Min(Varint(bytes, ref at), int.MaxValue),
                5 => sizeof(int),
                _ => throw new FormatException($"wire type {type} is unknown"),
            };
            if (length > bytes.Length - at)
            {
                throw new FormatException("the body ends within a field");
            }

            var field = bytes.Slice(at, length);
            at += length;
            yield return (number, type == 2 ? new(0, field) : new(type == 1 ? BinaryPrimitives.ReadInt64LittleEndian(field.Span) : BinaryPrimitives.ReadInt32LittleEndian(field.Span), default));
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var part = bytes.Span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("the body ends within a number");
    }

    private readonly record struct WireValue(long Number, ReadOnlyMemory<byte> Bytes);
}
