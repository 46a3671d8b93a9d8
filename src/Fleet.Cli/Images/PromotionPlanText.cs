using System.Text.Json.Nodes;
using Fleet.Cli.Output;

namespace Fleet.Cli.Images;

/// <summary>Shows the plan of a promotion, in the form that is asked for.</summary>
internal static class PromotionPlanText
{
    /// <summary>Shows it.</summary>
    public static void Write(PromoteCall call, JsonObject plan)
    {
        var (context, format) = (call.Scope.Context, call.Scope.Format(call.Parsed));
        if (format is not (OutputFormat.Json or OutputFormat.Yaml))
        {
            Write(context.Output, plan);
        }
        else if (call.Confirmation.IsDryRun(call.Parsed))
        {
            StructuredOutput.Write(context.Output, format, new JsonObject { ["plan"] = plan.DeepClone() });
        }
        else
        {
            // The standard output is for the run's document at the end.
            Write(context.Error, plan);
        }
    }

    private static void Write(TextWriter output, JsonObject plan)
    {
        output.WriteLine($"Promote {plan["recipe"]}/{plan["version"]} ({plan["state"]}): image {plan["imageName"]}");
        output.WriteLine($"  copies to    {List(plan["copies"])}");
        output.WriteLine($"  shared with  {List(plan["shareWith"])}");
        output.WriteLine($"  parameters   {List(plan["parameters"])}");
        output.WriteLine($"  waits for    {((long)plan["soakSeconds"]! is > 0 and var soak ? $"{TimeSpan.FromSeconds(soak).TotalHours:0.#} h in use{((bool)plan["approval"]! ? ", then an approval" : "")}" : (bool)plan["approval"]! ? "an approval" : "nothing")}");
        foreach (var key in plan["keys"]!.AsArray())
        {
            output.WriteLine($"  key          {KeyText.Of(key!)}");
        }

        if (plan["note"] is { } note)
        {
            output.WriteLine($"  note         {note}");
        }
    }

    private static string List(JsonNode? texts) => texts!.AsArray() is { Count: > 0 } some ? string.Join(", ", some.Select(text => (string)text!)) : "none";
}
