using System.Text.Json;
using System.Text.Json.Serialization;

namespace k8s.Models;

/// <summary>A Status, or the object whose deletion waits for finalizers: its "status" is no text.</summary>
internal sealed class StatusConverter : JsonConverter<V1Status>
{
    public override V1Status Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        string Text(string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
        var isStatus = Text("kind") is null or "Status" && (!element.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object);
        return !isStatus ? V1Status.OfObject(element) : new V1Status
        {
            ApiVersion = Text("apiVersion"),
            Kind = Text("kind"),
            Status = Text("status"),
            Message = Text("message"),
            Reason = Text("reason"),
            Code = element.TryGetProperty("code", out var code) ? code.GetInt32() : null,
            Metadata = element.TryGetProperty("metadata", out var metadata) ? metadata.Deserialize<V1ListMeta>(options) : null,
            Details = element.TryGetProperty("details", out var details) ? details.Deserialize<V1StatusDetails>(options) : null,
        };
    }

    public override void Write(Utf8JsonWriter writer, V1Status value, JsonSerializerOptions options)
    {
        if (value.HasObject)
        {
            value.ObjectView<JsonElement>().WriteTo(writer);
            return;
        }

        JsonSerializer.Serialize(writer, new Dictionary<string, object>
        {
            ["apiVersion"] = value.ApiVersion,
            ["kind"] = value.Kind,
            ["metadata"] = value.Metadata,
            ["status"] = value.Status,
            ["message"] = value.Message,
            ["reason"] = value.Reason,
            ["details"] = value.Details,
            ["code"] = value.Code,
        }.Where(pair => pair.Value is not null).ToDictionary(), options);
    }
}
