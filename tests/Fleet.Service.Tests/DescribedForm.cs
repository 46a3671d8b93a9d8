using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fleet.Service.Tests;

/// <summary>Compares answers with what a description of the API says of them: as much of JSON Schema as it uses.</summary>
/// <param name="document">The description.</param>
internal sealed class DescribedForm(JsonObject document)
{
    /// <summary>Where an answer differs from its description.</summary>
    public IEnumerable<string> Faults(string method, string path, Answer answer)
    {
        var responses = document["paths"]![path]![method]!["responses"]!;
        var response = responses[$"{answer.Status}"] ?? (answer.Status >= 400 ? responses["default"] : null);
        return response?["content"]?[answer.Type ?? ""]?["schema"] is { } schema ? Faults(schema, JsonNode.Parse(answer.Body), "") : [$"{answer.Status} {answer.Type} is not described"];
    }

    private IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Faults(document["components"]!["schemas"]![reference.Split('/')[^1]]!, value, at);
        }

        if (schema["anyOf"] is JsonArray ways)
        {
            var faults = ways.Select(way => Faults(way!, value, at).ToList()).ToList();
            return faults.MinBy(way => way.Count)!;
        }

        return [.. Scalars(schema, value, at), .. Items(schema, value, at), .. Fields(schema, value, at)];
    }

    private static IEnumerable<string> Scalars(JsonNode schema, JsonNode? value, string at)
    {
        var kind = value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "integer",
            _ => "boolean",
        };
        IEnumerable<string> types = schema["type"] switch { null => [kind], JsonArray several => several.Select(one => (string)one!), var one => [(string)one!] };
        if (!types.Contains(kind))
        {
            yield return $"{at} is {kind}, not {string.Join(" or ", types)}";
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            yield return $"{at} is {value}, not {constant}";
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
        {
            yield return $"{at} is {value}, none of {allowed.ToJsonString()}";
        }

        if ((string?)schema["pattern"] is { } pattern && kind == "string" && !Regex.IsMatch((string)value!, pattern))
        {
            yield return $"{at} is {value}, not {pattern}";
        }
    }

    private IEnumerable<string> Items(JsonNode schema, JsonNode? value, string at) =>
        schema["items"] is { } items && value is JsonArray array ? array.SelectMany((item, index) => Faults(items, item, $"{at}[{index}]")) : [];

    private IEnumerable<string> Fields(JsonNode schema, JsonNode? value, string at)
    {
        if (value is not JsonObject map)
        {
            yield break;
        }

        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!map.ContainsKey((string)required!))
            {
                yield return $"{at}.{required} is missing";
            }
        }

        var (properties, others) = (schema["properties"]?.AsObject(), schema["additionalProperties"]);
        foreach (var (name, field) in map)
        {
            var form = properties?[name] ?? (others is JsonObject ? others : null);
            if (form is not null)
            {
                foreach (var fault in Faults(form, field, $"{at}.{name}"))
                {
                    yield return fault;
                }
            }
            else if (others is not null)
            {
                yield return $"{at}.{name} is not described";
            }
        }
    }
}
