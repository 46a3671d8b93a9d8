using System.Text.Json.Nodes;
using Fleet.Cli.Output;

namespace Fleet.Cli.Images;

/// <summary>Shows the plan of an image build, in the form that is asked for.</summary>
internal static class BuildPlanText
{
    /// <summary>Shows it.</summary>
    /// <returns>Whether something would be built.</returns>
    public static bool Write(BuildCall call, JsonObject plan)
    {
        var (context, format, builds) = (call.Scope.Context, call.Scope.Format(call.Parsed), (bool)plan["builds"]!);
        if (format is not (OutputFormat.Json or OutputFormat.Yaml))
        {
            Write(context.Output, plan, builds);
        }
        else if (call.Confirmation.IsDryRun(call.Parsed) || !builds)
        {
            StructuredOutput.Write(context.Output, format, new JsonObject { ["plan"] = plan.DeepClone() });
        }
        else
        {
            // The standard output is for the run's document at the end.
            Write(context.Error, plan, builds);
        }

        return builds;
    }

    private static void Write(TextWriter output, JsonObject plan, bool builds)
    {
        var recipe = $"{plan["recipe"]}/{plan["version"]}";
        if (!builds)
        {
            output.WriteLine($"{recipe} was made from the same source ({plan["existing"]!["copies"]?.AsArray().FirstOrDefault()?["imageId"] ?? "no image"}, {plan["existing"]!["state"]}): nothing to do; --again builds it anew.");
            return;
        }

        output.WriteLine($"Build {recipe}: image {plan["imageName"]} in {plan["region"]}");
        output.WriteLine($"  from        {plan["base"]!["id"]} ({plan["parent"] ?? plan["base"]!["name"]})");
        output.WriteLine($"  Kubernetes  {plan["kubernetesVersion"]}, {plan["architecture"]}");
        output.WriteLine($"  source      {plan["source"]}{(plan["existing"] is { } before ? $", built before as {before["version"]}" : "")}");
        output.WriteLine($"  proof       {((bool)plan["proves"]! ? "on an instance of its own, before the version is a candidate" : "none: the recipe has no spec.proof")}");
        foreach (var key in plan["keys"]!.AsArray())
        {
            output.WriteLine($"  key         {KeyText.Of(key!)}");
        }

        if (plan["note"] is { } note)
        {
            output.WriteLine($"  note        {note}");
        }
    }
}
