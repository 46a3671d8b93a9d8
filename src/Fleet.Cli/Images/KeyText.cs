using System.Text.Json.Nodes;

namespace Fleet.Cli.Images;

/// <summary>A key of a plan as a line shows it.</summary>
internal static class KeyText
{
    /// <summary>Its name, with the key behind an alias, and its region.</summary>
    public static string Of(JsonNode key) => $"{key["key"]} in {key["region"]}{(key["arn"] is null ? ", not looked at" : (string)key["arn"]! == (string)key["key"]! ? "" : $": {key["arn"]}")}";
}
