using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>How Kubernetes' definitions are called in C#.</summary>
internal static class KubeTypes
{
    /// <summary>Reserved words, in any case, among the names of properties and parameters in use.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "continue", "default", "enum", "from", "namespace", "not", "object", "operator", "readonly", "ref",
    };

    /// <summary>Definitions that the runtime writes by hand.</summary>
    public static readonly HashSet<string> HandWritten = ["intstr.IntOrString", "resource.Quantity", "v1.Patch"];

    public static string Class(string definition) => definition switch
    {
        "intstr.IntOrString" => "IntOrString",
        "resource.Quantity" => "ResourceQuantity",
        _ => definition.Replace(".", "", StringComparison.Ordinal).Upper(),
    };

    public static string PropertyName(string name) => Reserved.Contains(name) ? $"{name.Upper()}Property" : name.Upper();

    public static string ParameterName(string name) => name is "namespace" or "continue" ? $"{name}Parameter" : name;

    public static string? Reference(JsonElement schema) => schema.Text("$ref")?.Split('/')[^1];

    /// <summary>The type of a property or a parameter's schema.</summary>
    public static string Type(JsonElement schema, bool required)
    {
        if (Reference(schema) is { } definition)
        {
            return Class(definition);
        }

        var optional = required ? "" : "?";
        return (schema.Text("type"), schema.Text("format")) switch
        {
            ("string", "date-time") => "DateTime" + optional,
            ("string", "byte") => "byte[]",
            ("string", _) => "string",
            ("integer", "int64") => "long" + optional,
            ("integer", _) => "int" + optional,
            ("number", _) => "double" + optional,
            ("boolean", _) => "bool" + optional,
            ("array", _) => $"IList<{Type(schema.GetProperty("items"), required: true)}>",
            ("object", "file") => "Stream",
            ("object", _) when schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object =>
                $"IDictionary<string, {Type(values, required: values.Text("format") != "date-time")}>",
            _ => "object",
        };
    }
}
