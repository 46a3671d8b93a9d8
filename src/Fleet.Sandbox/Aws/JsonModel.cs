using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Aws;

/// <summary>A service model of the JSON protocol: holds requests to its constraints, as the service does before it acts, and answers to its names.</summary>
internal sealed class JsonModel
{
    private readonly JsonElement _operations;
    private readonly JsonElement _shapes;

    private JsonModel(JsonElement root) => (_operations, _shapes) = (root.GetProperty("operations"), root.GetProperty("shapes"));

    /// <summary>Reads an embedded model.</summary>
    public static JsonModel Load(string service)
    {
        using var stream = typeof(JsonModel).Assembly.GetManifestResourceStream($"{service}.json") ?? throw new InvalidOperationException($"the model {service} is not embedded");
        return new JsonModel(JsonDocument.Parse(stream).RootElement);
    }

    /// <summary>Refuses a request that lacks what is required or breaks a constraint, with all that is wrong.</summary>
    /// <exception cref="CallRefusedException">ValidationException.</exception>
    public void CheckRequest(string operation, JsonObject request)
    {
        var errors = new List<string>();
        Check(_operations.GetProperty(operation).GetProperty("input").GetProperty("shape").GetString()!, request, "", errors);
        if (errors.Count > 0)
        {
            throw new CallRefusedException(400, "ValidationException", $"{errors.Count} validation error{(errors.Count > 1 ? "s" : "")} detected: {string.Join("; ", errors)}");
        }
    }

    /// <summary>A name that the model does not know would be lost on real clients: it is a mistake of this server.</summary>
    public void CheckAnswer(string operation, JsonObject answer) => CheckNames(_operations.GetProperty(operation).GetProperty("output").GetProperty("shape").GetString()!, answer);

    private static string At(string path, string member) => path.Length == 0 ? char.ToLowerInvariant(member[0]) + member[1..] : $"{path}.{char.ToLowerInvariant(member[0])}{member[1..]}";

    private void CheckNames(string name, JsonNode? node)
    {
        var shape = _shapes.GetProperty(name);
        switch (node)
        {
            case JsonObject structure when shape.TryGetProperty("members", out var members):
                foreach (var (member, value) in structure)
                {
                    CheckNames(members.TryGetProperty(member, out var known) ? known.GetProperty("shape").GetString()! : throw new InvalidOperationException($"{name} has no member {member}"), value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    CheckNames(shape.GetProperty("member").GetProperty("shape").GetString()!, item);
                }

                break;
        }
    }

    private void Check(string name, JsonNode? node, string path, List<string> errors)
    {
        var shape = _shapes.GetProperty(name);
        switch (node)
        {
            case JsonObject structure when shape.TryGetProperty("members", out var members):
                var required = shape.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(item => item.GetString()!) : [];
                errors.AddRange(required.Where(member => structure[member] is null).Select(member => $"Value null at '{At(path, member)}' failed to satisfy constraint: Member must not be null"));
                foreach (var (member, value) in structure.Where(pair => pair.Value is not null && members.TryGetProperty(pair.Key, out _)))
                {
                    Check(members.GetProperty(member).GetProperty("shape").GetString()!, value, At(path, member), errors);
                }

                break;
            case JsonArray list:
                CheckSize(shape, list.Count, "length", list.ToJsonString(), path, errors);
                foreach (var item in list)
                {
                    Check(shape.GetProperty("member").GetProperty("shape").GetString()!, item, $"{path}.member", errors);
                }

                break;
            case JsonValue value:
                CheckValue(shape, value, path, errors);
                break;
        }
    }

    private static void CheckValue(JsonElement shape, JsonValue value, string path, List<string> errors)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            CheckSize(shape, value.GetValue<double>(), "value", value.ToString(), path, errors);
            return;
        }

        var text = value.ToString();
        CheckSize(shape, text.Length, "length", text, path, errors);
        if (shape.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(item => item.GetString() == text))
        {
            errors.Add($"Value '{text}' at '{path}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", allowed.EnumerateArray().Select(item => item.GetString()))}]");
        }

        if (shape.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            errors.Add($"Value '{text}' at '{path}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern.GetString()}");
        }
    }

    private static void CheckSize(JsonElement shape, double size, string what, string shown, string path, List<string> errors)
    {
        if (shape.TryGetProperty("min", out var least) && size < least.GetDouble())
        {
            errors.Add($"Value '{shown}' at '{path}' failed to satisfy constraint: Member must have {what} greater than or equal to {least}");
        }

        if (shape.TryGetProperty("max", out var most) && size > most.GetDouble())
        {
            errors.Add($"Value '{shown}' at '{path}' failed to satisfy constraint: Member must have {what} less than or equal to {most}");
        }
    }
}
