using System.Text.Json.Nodes;
using Fleet.Cli.Output;

namespace Fleet.Cli.Images;

/// <summary>Shows what a sweep decided, or what came of it, from its documents.</summary>
internal static class SweepText
{
    /// <summary>Shows the decisions: what is next for each image, and why.</summary>
    public static void Write(TextWriter output, OutputFormat format, IReadOnlyList<JsonObject> verdicts) =>
        Write(output, format, verdicts, "NEXT", verdicts.Select(verdict => (verdict, Next(verdict))));

    /// <summary>Shows what came of them.</summary>
    public static void WriteOutcomes(TextWriter output, OutputFormat format, IReadOnlyList<JsonObject> outcomes) => Write(
        output,
        format,
        outcomes,
        "DONE",
        outcomes.Where(outcome => (string?)outcome["step"] != "stay" || outcome["failure"] is not null).Select(outcome => (outcome, (bool)outcome["done"]! ? Next(outcome) : $"not done: {Next(outcome)}")));

    /// <summary>A reason's sentence without the image, which is named before it already.</summary>
    public static string Why(JsonObject item, JsonObject reason)
    {
        var (prefix, sentence) = ($"{item["recipe"]}/{item["version"]}: ", (string)reason["sentence"]!);
        var rest = sentence.StartsWith(prefix, StringComparison.Ordinal) ? sentence[prefix.Length..] : sentence;
        return (string?)reason["code"] == "sweep-refused" ? $"{rest}; {reason["cure"]}" : rest;
    }

    private static void Write(TextWriter output, OutputFormat format, IReadOnlyList<JsonObject> items, string does, IEnumerable<(JsonObject Item, string Does)> rows)
    {
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            StructuredOutput.Write(output, format, new JsonObject { ["items"] = new JsonArray([.. items]) });
            return;
        }

        var table = new TextTable("RECIPE", "VERSION", "STATE", does, "WHY");
        foreach (var (item, next) in rows)
        {
            var reasons = item["failure"] is JsonObject failure ? [failure] : item["reasons"]!.AsArray().Select(reason => reason!.AsObject()).ToList();
            var why = format == OutputFormat.Wide || reasons.Count < 2 ? string.Join("; ", reasons.Select(reason => Why(item, reason))) : $"{Why(item, reasons[0])}; {reasons.Count - 1} more";
            table.Add((string?)item["recipe"], (string?)item["version"], (string?)item["state"], next, why);
        }

        table.WriteTo(output);
    }

    private static string Next(JsonObject item) => (string)item["step"]! switch
    {
        "stay" => "stays",
        "restore" => "comes back",
        var step => step,
    };
}
