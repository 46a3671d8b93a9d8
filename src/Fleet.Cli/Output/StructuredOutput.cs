using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Output;

/// <summary>Writes values as JSON or YAML.</summary>
internal static class StructuredOutput
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One value.</summary>
    public static void Write(TextWriter output, OutputFormat format, JsonNode value)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(value.ToJsonString(Indented));
        }
        else
        {
            output.Write(YamlText.FromJson(value.ToJsonString()));
        }
    }

    /// <summary>Several values: a List in JSON, as kubectl prints it, documents in YAML; both can be applied again.</summary>
    public static void WriteAll(TextWriter output, OutputFormat format, IReadOnlyList<JsonNode> values)
    {
        if (format == OutputFormat.Json)
        {
            Write(output, format, new JsonObject { ["apiVersion"] = "fleet/v1", ["kind"] = "List", ["items"] = new JsonArray([.. values]) });
            return;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                output.WriteLine("---");
            }

            Write(output, format, values[i]);
        }
    }
}
