using System.Text.Json.Nodes;
using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Aws;

/// <summary>Reads a form of the query protocols into a document of member names; an unknown parameter, a missing one and a value of the wrong type are refused as AWS does.</summary>
internal sealed class QueryReader(AwsModel model, IReadOnlyDictionary<string, string> form)
{
    private readonly HashSet<string> _read = ["Action", "Version"];

    public JsonObject Read(string operation)
    {
        var input = model.InputOf(operation);
        var document = input is null ? [] : Structure(input, "");
        if (form.Keys.FirstOrDefault(key => !_read.Contains(key)) is { } unknown)
        {
            throw Refuse("UnknownParameter", $"The parameter {unknown} is not recognized");
        }

        return document;
    }

    private JsonObject Structure(string name, string prefix)
    {
        var shape = model.Shape(name);
        var document = new JsonObject();
        foreach (var member in shape.GetProperty("members").EnumerateObject())
        {
            var path = prefix + model.RequestName(member.Name, member.Value);
            if (Value(member.Value.GetProperty("shape").GetString()!, path) is { } value)
            {
                document[member.Name] = value;
            }
        }

        if (shape.TryGetProperty("required", out var required))
        {
            foreach (var member in required.EnumerateArray().Select(member => member.GetString()!).Where(member => !document.ContainsKey(member)))
            {
                throw Refuse("MissingParameter", model.Ec2
                    ? $"The request must contain the parameter {prefix}{member}"
                    : $"1 validation error detected: Value null at '{char.ToLowerInvariant(member[0])}{member[1..]}' failed to satisfy constraint: Member must not be null");
            }
        }

        return document;
    }

    private JsonNode? Value(string shape, string path)
    {
        switch (model.TypeOf(shape))
        {
            case "structure":
                return form.Keys.Any(key => key.StartsWith(path + ".", StringComparison.Ordinal)) ? Structure(shape, path + ".") : null;
            case "list":
                return List(shape, path);
            default:
                return form.TryGetValue(path, out var text) && _read.Add(path) ? Scalar(model.TypeOf(shape), path, text) : null;
        }
    }

    private JsonArray? List(string shape, string path)
    {
        var described = model.Shape(shape);
        var flat = model.Ec2 || (described.TryGetProperty("flattened", out var flattened) && flattened.GetBoolean());
        var item = described.GetProperty("member");
        var start = flat ? path : $"{path}.{(item.TryGetProperty("locationName", out var location) ? location.GetString() : "member")}";
        var list = new JsonArray();
        while (Value(item.GetProperty("shape").GetString()!, $"{start}.{list.Count + 1}") is { } value)
        {
            list.Add(value);
        }

        // An empty list is sent as its bare name.
        return list.Count > 0 || (form.ContainsKey(path) && _read.Add(path)) ? list : null;
    }

    private JsonValue Scalar(string type, string path, string text) => type switch
    {
        "integer" or "long" => long.TryParse(text, out var number) ? JsonValue.Create(number) : throw Malformed(path, text, "an integer"),
        "double" or "float" => double.TryParse(text, out var real) ? JsonValue.Create(real) : throw Malformed(path, text, "a number"),
        "boolean" => bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : throw Malformed(path, text, "true or false"),
        _ => JsonValue.Create(text),
    };

    private CallRefusedException Malformed(string path, string text, string wanted) => Refuse("InvalidParameterValue", $"Value ({text}) for parameter {path} is invalid. It must be {wanted}.");

    private CallRefusedException Refuse(string ec2Code, string message) => new(400, model.Ec2 ? ec2Code : "ValidationError", message);
}
