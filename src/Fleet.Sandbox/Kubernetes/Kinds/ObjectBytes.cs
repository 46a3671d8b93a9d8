using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Kinds;

/// <summary>The rendered bytes of an object's version: made once, shared by every list, get and watch until the version is collected.</summary>
internal sealed class ObjectBytes
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private readonly ConditionalWeakTable<WorldObject, byte[]> _bytes = [];

    /// <summary>The document without apiVersion and kind, as it stands in a list.</summary>
    public byte[] Item(KubeKind kind, WorldObject value) => _bytes.GetValue(value, one => Write(kind.Codec.Render(one)));

    /// <summary>Writes the whole document.</summary>
    public void WriteWhole(IBufferWriter<byte> target, KubeKind kind, WorldObject value)
    {
        var item = Item(kind, value);
        target.Write(System.Text.Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind.Kind}\",\"apiVersion\":\"{kind.ApiVersion}\","));
        target.Write(item.AsSpan(1));
    }

    /// <summary>The whole document as a tree of its own.</summary>
    public JsonObject Document(KubeKind kind, WorldObject value)
    {
        var document = new JsonObject { ["kind"] = kind.Kind, ["apiVersion"] = kind.ApiVersion };
        foreach (var (name, part) in JsonNode.Parse(Item(kind, value))!.AsObject().ToArray())
        {
            document[name] = part?.DeepClone();
        }

        return document;
    }

    /// <summary>A document as bytes.</summary>
    public static byte[] Write(JsonNode document)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            document.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
