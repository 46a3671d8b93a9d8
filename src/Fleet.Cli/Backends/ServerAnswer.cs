using System.Text.Json.Nodes;

namespace Fleet.Cli.Backends;

/// <summary>What a server answered to what it did not refuse.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The document; null where there is none.</param>
/// <param name="Tag">The entity tag; null where there is none.</param>
internal sealed record ServerAnswer(int Status, JsonNode? Body, string? Tag)
{
    /// <summary>The document of an answer that has one.</summary>
    public JsonNode Document => Body ?? throw new FormatException("the answer has no document");

    /// <summary>The documents of a list.</summary>
    public IEnumerable<JsonNode> Items => ((Document["items"] as JsonArray) ?? throw new FormatException("the answer has no items")).Select(item => item!);
}
