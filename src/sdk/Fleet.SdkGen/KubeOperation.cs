using System.Text.Json;

namespace Fleet.SdkGen;

/// <summary>One operation of the OpenAPI document.</summary>
internal sealed class KubeOperation
{
    private readonly List<(string Name, string CSharp, string Type, string In, bool Required)> parameters = [];

    public KubeOperation(JsonElement model, string path, string verb, JsonElement operation)
    {
        Path = path;
        Verb = verb.ToUpperInvariant();
        Name = operation.Text("operationId")!.Upper();
        Tag = operation.GetProperty("tags")[0].GetString()!;
        var response = operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Value).First();
        Result = response.TryGetProperty("schema", out var schema) ? KubeTypes.Type(schema, required: true) : "object";
        foreach (var given in operation.Items("parameters"))
        {
            var parameter = KubeTypes.Reference(given) is { } shared ? model.GetProperty("parameters").GetProperty(shared) : given;
            var name = parameter.Text("name")!;
            var required = parameter.Is("required");
            var type = name == "pretty" ? "bool?" : KubeTypes.Type(parameter.TryGetProperty("schema", out var body) ? body : parameter, required);
            parameters.Add((name, KubeTypes.ParameterName(name), type, parameter.Text("in")!, required));
        }
    }

    public string Path { get; }

    public string Verb { get; }

    public string Name { get; }

    public string Tag { get; }

    public string Result { get; }

    /// <summary>Whether there is a form that answers with the caller's type.</summary>
    public bool IsGeneric => Tag == "custom_objects" && Result == "object";

    public bool CanWatch => parameters.Any(parameter => parameter.Name == "watch");

    /// <summary>"core_v1" is CoreV1.</summary>
    public static string GroupName(string tag) => string.Concat(tag.Split('_').Select(part => part.Upper()));

    /// <summary>Required parameters first, each group in the file's order.</summary>
    public string Declare(bool withWatch)
    {
        var declared = parameters.Where(parameter => withWatch || parameter.Name != "watch").OrderBy(parameter => !parameter.Required)
            .Select(parameter => parameter.Required ? $"{parameter.Type} {parameter.CSharp}" : $"{parameter.Type} {parameter.CSharp} = default");
        return string.Concat(declared.Select(text => text + ", "));
    }

    /// <summary>The same parameters handed on by name.</summary>
    public string Pass(bool watch) => string.Concat(parameters
        .Select(parameter => parameter.Name == "watch" ? (watch ? "watch: true, " : "") : $"{parameter.CSharp}: {parameter.CSharp}, "));

    /// <summary>The call as the runtime takes it.</summary>
    public string Call()
    {
        var path = Path.TrimStart('/');
        foreach (var (name, csharp, _, _, _) in parameters.Where(parameter => parameter.In == "path"))
        {
            path = path.Replace($"{{{name}}}", $"{{Call.Escape({csharp})}}", StringComparison.Ordinal);
        }

        var call = $"new Call(\"{Verb}\", $\"{path}\", customHeaders)";
        foreach (var parameter in parameters.Where(parameter => parameter.In != "path"))
        {
            call += parameter.In == "body" ? $".Body({parameter.CSharp})" : $".Query(\"{parameter.Name}\", {parameter.CSharp})";
        }

        return call;
    }
}
