using System.Text.Json;

namespace Fleet.Tools.Packer;

/// <summary>Reads what <c>packer inspect</c> says of a template in HCL2.</summary>
internal static class PackerInspection
{
    private const string Prefix = "var.";

    /// <summary>The variables' values by name: lines like <c>var.region: "eu-central-1"</c>. One without a value is <c>&lt;unknown&gt;</c> there, and left out.</summary>
    public static IReadOnlyDictionary<string, string> Variables(string said)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in said.Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && Text(line[(colon + 2)..].Trim()) is { } value && value != "<unknown>")
            {
                values[line[Prefix.Length..colon]] = value;
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
}
