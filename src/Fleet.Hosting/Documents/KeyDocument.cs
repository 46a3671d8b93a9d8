using System.Text.Json.Nodes;
using Fleet.Core.Images.Keys;

namespace Fleet.Hosting.Documents;

/// <summary>Keys that were looked at, as JSON.</summary>
internal static class KeyDocument
{
    /// <summary>The keys of regions.</summary>
    public static JsonArray Of(IEnumerable<KeyFinding> keys) => [.. keys.Select(key => (JsonNode)new JsonObject { ["region"] = key.Region, ["key"] = key.Key, ["arn"] = key.Arn })];
}
