using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Fleet.Tools.Packer;

/// <summary>Reads what <c>packer inspect</c> says of a template in HCL2.</summary>
internal static partial class PackerInspection
{
    private const string Prefix = "var.";

    private static readonly string[] Nothing = ["<unknown>", "<sensitive>", "null"];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true };

    /// <summary>The variables' values by name, as JSON: from lines like <c>var.region: "eu-central-1"</c>. One without a value is <c>&lt;unknown&gt;</c> there, and left out.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string said)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in said.Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && Text(line[(colon + 2)..].Trim()) is { } value && !Nothing.Contains(value))
            {
                values[line[Prefix.Length..colon]] = (value is ['[' or '{', ..] ? Collection(value) : null) ?? JsonSerializer.Serialize(value);
            }
        }

        return values;
    }

    /// <summary>A quoted text, which Go escapes as JSON does, but for control characters, of which there is none in what is asked for.</summary>
    private static string? Text(string quoted)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(quoted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A list or a map, which packer writes with each member in a line of its own, a map's as <c>"url" = "https://…"</c>; null for a text that only looks like one.</summary>
    private static string? Collection(string text)
    {
        try
        {
            return JsonNode.Parse(Member().Replace(Key().Replace(text, "$1: "), "$0,"), documentOptions: Lenient)?.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^(\s*"(?:[^"\\]|\\.)*") = """, RegexOptions.Multiline)]
    private static partial Regex Key();

    /// <summary>The end of a line behind which another member may follow.</summary>
    [GeneratedRegex(@"[^{\[,\n](?=\n)")]
    private static partial Regex Member();
}
