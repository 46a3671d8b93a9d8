using System.Text.Json.Nodes;
using Fleet.Simulation.Cloud;

namespace Fleet.Sandbox.Aws;

/// <summary>Reading and making of the documents between the wire and the verbs: AWS's member names, absent where there is nothing.</summary>
internal static class AwsDocument
{
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var document = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                document[name] = value;
            }
        }

        return document;
    }

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> each) => new([.. items.Select(each)]);

    public static JsonArray Tags(IEnumerable<KeyValuePair<string, string>> tags) => List(tags, tag => Of(("Key", tag.Key), ("Value", tag.Value)));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");

    public static string? Text(this JsonObject request, string name) => request[name]?.GetValue<string>();

    public static string Need(this JsonObject request, string name) => request.Text(name) ?? throw new Simulation.Calls.CallRefusedException(400, "ValidationError", $"{name} is required");

    public static int? Number(this JsonObject request, string name) => request[name] is { } value ? int.CreateSaturating(value.GetValue<long>()) : null;

    public static bool? Flag(this JsonObject request, string name) => request[name]?.GetValue<bool>();

    public static IReadOnlyList<string> Texts(this JsonObject request, string name) => [.. (request[name] as JsonArray ?? []).Select(item => item!.GetValue<string>())];

    public static IReadOnlyList<AwsFilter> Filters(this JsonObject request) =>
        [.. (request["Filters"] as JsonArray ?? []).OfType<JsonObject>().Select(filter => new AwsFilter(filter.Need("Name"), filter.Texts("Values")))];

    public static IReadOnlyDictionary<string, string> TagMap(JsonNode? tags) =>
        (tags as JsonArray ?? []).OfType<JsonObject>().ToDictionary(tag => tag.Need("Key"), tag => tag.Text("Value") ?? "");
}
