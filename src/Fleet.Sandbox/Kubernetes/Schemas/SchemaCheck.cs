using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Schemas;

/// <summary>Compares a document with its schema and finds everything at once: fields that do not exist (taken out, as decoding does), values of a wrong type, required fields that are missing.</summary>
internal sealed class SchemaCheck
{
    /// <summary>Fields that the kind does not have.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Values that cannot be decoded, in the decoder's words.</summary>
    public List<string> Undecodable { get; } = [];

    /// <summary>Paths of required fields that are missing, and of values that are not allowed, with why.</summary>
    public List<(string Field, string Reason, string Why)> Invalid { get; } = [];

    public static SchemaCheck Of(Schema schema, JsonObject document)
    {
        var check = new SchemaCheck();
        check.Members(schema, document, "");
        return check;
    }

    private void Members(Schema schema, JsonObject value, string prefix)
    {
        foreach (var (name, member) in value.ToArray())
        {
            var path = prefix + name;
            if (schema.Property(name) is { } property)
            {
                if (member is not null)
                {
                    Value(property, member, path);
                }
            }
            else if (schema.HasProperties && !schema.Cut(name))
            {
                Unknown.Add(path);
                value.Remove(name);
            }
        }

        foreach (var name in schema.Required.Where(name => value[name] is null))
        {
            Invalid.Add((prefix + name, "FieldValueRequired", "Required value"));
        }
    }

    private void Value(Schema schema, JsonNode value, string path)
    {
        var kind = value.GetValueKind();
        if (schema.IsIntOrString || schema.IsQuantity)
        {
            Expect(kind is JsonValueKind.String or JsonValueKind.Number, path, kind, schema.IsQuantity ? "Quantity" : "IntOrString");
            if (schema.IsQuantity && kind == JsonValueKind.String && !Quantity.TryParse(value.GetValue<string>(), out _))
            {
                Undecodable.Add($"{path}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
            }

            return;
        }

        switch (schema.Type)
        {
            case "object" when value is JsonObject inner && schema.HasProperties:
                Members(schema, inner, path + ".");
                break;
            case "object" when value is JsonObject map && schema.Element is { } element:
                foreach (var (name, one) in map.Where(pair => pair.Value is not null).ToArray())
                {
                    Value(element, one!, $"{path}.{name}");
                }

                break;
            case "array" when value is JsonArray list && schema.Element is { } element:
                for (var at = 0; at < list.Count; at++)
                {
                    if (list[at] is { } one)
                    {
                        Value(element, one, $"{path}[{at}]");
                    }
                }

                break;
            case "object":
                Expect(value is JsonObject, path, kind, "object");
                break;
            case "array":
                Expect(value is JsonArray, path, kind, "array");
                break;
            case "boolean":
                Expect(kind is JsonValueKind.True or JsonValueKind.False, path, kind, "bool");
                break;
            case "integer":
                Expect(kind == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _), path, kind, schema.Format ?? "int64");
                break;
            case "string" when schema.Format != "byte":
                Text(schema, value, path, kind);
                break;
        }
    }

    private void Text(Schema schema, JsonNode value, string path, JsonValueKind kind)
    {
        Expect(kind == JsonValueKind.String, path, kind, "string");
        if (kind != JsonValueKind.String)
        {
            return;
        }

        var text = value.GetValue<string>();
        if (schema.IsMicroTime && !DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffffK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            Undecodable.Add($"parsing time \"{text}\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"{text}\" ({path} wants exactly six fraction digits)");
        }
        else if (schema.Format == "date-time" && !schema.IsMicroTime && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            Undecodable.Add($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" ({path})");
        }
        else if (schema.Allowed.Any() && text.Length > 0 && !schema.Allowed.Contains(text))
        {
            Invalid.Add((path, "FieldValueNotSupported", $"Unsupported value: \"{text}\": supported values: {string.Join(", ", schema.Allowed.Select(one => $"\"{one}\""))}"));
        }
    }

    private void Expect(bool good, string path, JsonValueKind kind, string wanted)
    {
        if (!good)
        {
            Undecodable.Add($"json: cannot unmarshal {kind.ToString().ToLowerInvariant()} into Go struct field {path} of type {wanted}");
        }
    }
}
