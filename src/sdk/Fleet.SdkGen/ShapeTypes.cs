using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>The C# type of a shape, and the calls that write and read a value of it.</summary>
internal sealed class ShapeTypes(Service service)
{
    /// <summary>EC2's wrappers of one value that the official client unwraps in requests.</summary>
    public static readonly Dictionary<string, (string Member, string Shape)> Unwrapped = new()
    {
        ["AttributeValue"] = ("Value", "String"),
        ["RunInstancesMonitoringEnabled"] = ("Enabled", "Boolean"),
    };

    public string Type(string shape, bool insideList = false)
    {
        var definition = service.Shape(shape);
        return definition.GetProperty("type").GetString() switch
        {
            "string" => !insideList && definition.TryGetProperty("enum", out _) ? $"{service.Namespace}.{shape.Upper()}" : "string",
            "integer" => insideList ? "int" : "int?",
            "long" => insideList ? "long" : "long?",
            "double" or "float" => insideList ? "double" : "double?",
            "boolean" => insideList ? "bool" : "bool?",
            "timestamp" => insideList ? "DateTime" : "DateTime?",
            "blob" => "MemoryStream",
            "structure" => shape.Upper(),
            "list" => $"List<{Type(Item(definition), insideList: true)}>",
            "map" => $"Dictionary<string, {Type(definition.GetProperty("value").GetProperty("shape").GetString()!, insideList: true)}>",
            var other => throw new InvalidOperationException($"{shape}: a {other} is unknown"),
        };
    }

    public bool IsCollection(string shape) => service.Shape(shape).GetProperty("type").GetString() is "list" or "map";

    public string Write(string shape, string writer, string name, string value)
    {
        var definition = service.Shape(shape);
        return definition.GetProperty("type").GetString() switch
        {
            "string" => $"{writer}.Text({name}, {value})",
            "integer" or "long" or "double" or "float" => $"{writer}.Number({name}, {value})",
            "boolean" => $"{writer}.Flag({name}, {value})",
            "timestamp" => $"{writer}.Time({name}, {value})",
            "blob" => $"{writer}.Blob({name}, {value})",
            "structure" => $"{writer}.Object({name}, {value})",
            "list" => $"{writer}.List({name}, {value}, static (w, n, v) => {Write(Item(definition), "w", "n", "v")}{ItemName(definition)})",
            _ => $"{writer}.Map({name}, {value}, static (w, n, v) => {Write(definition.GetProperty("value").GetProperty("shape").GetString()!, "w", "n", "v")})",
        };
    }

    public string Read(string shape, string value, bool insideList = false)
    {
        var definition = service.Shape(shape);
        var unwrap = insideList ? ".Value" : "";
        return definition.GetProperty("type").GetString() switch
        {
            "string" => $"{value}.Text()",
            "integer" => $"{value}.Int32(){unwrap}",
            "long" => $"{value}.Int64(){unwrap}",
            "double" or "float" => $"{value}.Double(){unwrap}",
            "boolean" => $"{value}.Flag(){unwrap}",
            "timestamp" => $"{value}.Time(){unwrap}",
            "blob" => $"{value}.Blob()",
            "structure" => $"{value}.Object<{shape.Upper()}>()",
            "list" => $"{value}.List(static v => {Read(Item(definition), "v", insideList: true)})",
            _ => $"{value}.Map(static v => {Read(definition.GetProperty("value").GetProperty("shape").GetString()!, "v", insideList: true)})",
        };
    }

    /// <summary>The query protocol says "member" for an item unless the model has another name; EC2's lists are flat and JSON's have no names.</summary>
    private string ItemName(JsonElement list) =>
        service.Protocol == "query" && list.GetProperty("member").Text("locationName") is { } name and not "member" ? $", \"{name}\"" : "";

    private static string Item(JsonElement list) => list.GetProperty("member").GetProperty("shape").GetString()!;
}
