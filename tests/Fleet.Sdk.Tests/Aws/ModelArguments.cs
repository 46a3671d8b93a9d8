using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fleet.Sdk.Tests.Aws;

/// <summary>Arguments for an operation that set every member its model has, each to a value of its own.</summary>
internal sealed class ModelArguments(JsonElement model)
{
    private int counter;

    public JsonObject For(string operation) =>
        model.GetProperty("operations").GetProperty(operation).TryGetProperty("input", out var input) ? Structure(Shape(input)) : [];

    private JsonElement Shape(JsonElement reference) => model.GetProperty("shapes").GetProperty(reference.GetProperty("shape").GetString()!);

    private JsonNode Value(JsonElement shape) => shape.GetProperty("type").GetString() switch
    {
        "string" => Text(shape),
        "integer" or "long" => Math.Clamp(++counter, Bound(shape, "min", 1), Bound(shape, "max", int.MaxValue)),
        "double" or "float" => 1.5,
        "boolean" => ++counter % 2 == 0,
        "timestamp" => "2026-01-02T03:04:05Z",
        "structure" => Structure(shape),
        "list" => List(shape),
        "map" => Map(shape),
        var other => throw new InvalidOperationException($"No operation in use sends a {other}."),
    };

    private JsonObject Structure(JsonElement shape)
    {
        var result = new JsonObject();
        foreach (var member in shape.GetProperty("members").EnumerateObject().Where(member => !member.Value.TryGetProperty("deprecated", out _)))
        {
            result[member.Name] = Value(Shape(member.Value));
        }

        return result;
    }

    private JsonArray List(JsonElement shape)
    {
        var item = Shape(shape.GetProperty("member"));
        return Bound(shape, "max", 2) < 2 ? [Value(item)] : [Value(item), Value(item)];
    }

    private JsonObject Map(JsonElement shape)
    {
        var (key, value) = (Shape(shape.GetProperty("key")), Shape(shape.GetProperty("value")));
        return new JsonObject(Enumerable.Range(0, 2).Select(_ => KeyValuePair.Create(Text(key).GetValue<string>(), (JsonNode?)Value(value))));
    }

    private JsonValue Text(JsonElement shape)
    {
        if (shape.TryGetProperty("enum", out var values))
        {
            return JsonValue.Create(values[0].GetString())!;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"a&b=ü {++counter}");
        return JsonValue.Create(text.PadRight(Bound(shape, "min", 0), 'x'))!;
    }

    private static int Bound(JsonElement shape, string name, int otherwise) =>
        shape.TryGetProperty(name, out var bound) ? (int)Math.Min(bound.GetDouble(), int.MaxValue) : otherwise;
}
