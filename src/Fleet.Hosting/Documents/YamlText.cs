using System.Text.Json;
using YamlDotNet.Serialization;

namespace Fleet.Hosting.Documents;

/// <summary>Writes JSON as YAML, fields in their order; text that YAML would take for something else is quoted.</summary>
public static class YamlText
{
    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().Build();

    /// <summary>The YAML text of a JSON text.</summary>
    public static string FromJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Serializer.Serialize(Value(document.RootElement));
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(property => property.Name, property => Value(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when element.TryGetInt64(out var number) => number,
        JsonValueKind.Number => element.GetDouble(),
        _ => null,
    };
}
