using System.Text.Json.Nodes;

namespace Fleet.Service.Tests;

/// <summary>An answer of the API.</summary>
public sealed record Answer(int Status, string? Type, string Body, string? Tag, string? Location)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    public string? Code => (string?)Json["code"];

    public string Detail => (string)Json["detail"]!;

    /// <summary>The fields with errors.</summary>
    public IEnumerable<string> Fields => Json["errors"]!.AsArray().Select(error => (string)error!["field"]!);
}
