using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>An answer to an operation that sets every member its model has, each to a value of its own.</summary>
internal sealed class ModelAnswer(JsonElement model)
{
    private int counter;

    private string Protocol => model.GetProperty("metadata").GetProperty("protocol").GetString()!;

    public string For(string operation)
    {
        var definition = model.GetProperty("operations").GetProperty(operation);
        var hasOutput = definition.TryGetProperty("output", out var output);
        if (Protocol == "json")
        {
            return hasOutput ? JsonStructure(Shape(output)).ToJsonString() : "{}";
        }

        var root = new XElement(operation + "Response", new XElement(Protocol == "ec2" ? "requestId" : "RequestId", "request-1"));
        var holder = root;
        if (hasOutput && output.TryGetProperty("resultWrapper", out var wrapper))
        {
            holder = new XElement(wrapper.GetString()!);
            root.Add(holder);
        }

        holder.Add(hasOutput ? Members(Shape(output)) : []);
        return root.ToString();
    }

    private JsonElement Shape(JsonElement reference) => model.GetProperty("shapes").GetProperty(reference.GetProperty("shape").GetString()!);

    private static string Type(JsonElement shape) => shape.GetProperty("type").GetString()!;

    private static IEnumerable<JsonProperty> MembersOf(JsonElement structure) =>
        structure.GetProperty("members").EnumerateObject().Where(member => !member.Value.TryGetProperty("deprecated", out _));

    private IEnumerable<XElement> Members(JsonElement structure) => MembersOf(structure)
        .Select(member => new XElement(
            LocationName(member.Value) ?? member.Name,
            // The one text that the command decodes.
            member.Name == "Output" ? Convert.ToBase64String("Booting"u8) : Content(Shape(member.Value))));

    private static string? LocationName(JsonElement reference) => reference.TryGetProperty("locationName", out var name) ? name.GetString() : null;

    private object Content(JsonElement shape) => Type(shape) switch
    {
        "structure" => Members(shape).ToArray(),
        "list" => Enumerable.Range(0, 2).Select(_ => new XElement(
            LocationName(shape.GetProperty("member")) ?? (Protocol == "ec2" ? "item" : "member"), Content(Shape(shape.GetProperty("member"))))).ToArray(),
        _ => Leaf(shape),
    };

    private JsonObject JsonStructure(JsonElement structure) => new(MembersOf(structure)
        .Select(member => KeyValuePair.Create(member.Name, (JsonNode?)JsonContent(Shape(member.Value)))));

    private JsonNode JsonContent(JsonElement shape) => Type(shape) switch
    {
        "structure" => JsonStructure(shape),
        "list" => new JsonArray(JsonContent(Shape(shape.GetProperty("member"))), JsonContent(Shape(shape.GetProperty("member")))),
        "map" => new JsonObject(Enumerable.Range(0, 2).Select(_ => KeyValuePair.Create(Leaf(Shape(shape.GetProperty("key"))), (JsonNode?)JsonContent(Shape(shape.GetProperty("value")))))),
        "timestamp" => JsonValue.Create(1_767_323_045.25 + ++counter),
        "integer" or "long" => JsonValue.Create(++counter),
        "boolean" => JsonValue.Create(++counter % 2 == 0),
        _ => JsonValue.Create(Leaf(shape)),
    };

    private string Leaf(JsonElement shape)
    {
        counter++;
        return Type(shape) switch
        {
            "string" when shape.TryGetProperty("enum", out var values) => values[counter % values.GetArrayLength()].GetString()!,
            "string" => string.Create(CultureInfo.InvariantCulture, $"value <{counter}> ü"),
            "boolean" => counter % 2 == 0 ? "true" : "false",
            "timestamp" => string.Create(CultureInfo.InvariantCulture, $"2026-01-02T03:{counter % 60:00}:05.250Z"),
            "double" or "float" => string.Create(CultureInfo.InvariantCulture, $"{counter}.5"),
            _ => counter.ToString(CultureInfo.InvariantCulture),
        };
    }
}
