using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Output;

namespace Fleet.Cli.Rotations;

/// <summary>Shows a plan in the form that is asked for.</summary>
internal sealed class PlanShow(Scope scope, ParseResult parsed, Confirmation confirmation)
{
    /// <summary>Shows it.</summary>
    /// <param name="plan">The plan's document.</param>
    /// <param name="drainTimeout">The limit of a node's drain in this run.</param>
    public void Write(JsonObject plan, TimeSpan drainTimeout)
    {
        var format = scope.Format(parsed);
        if (format is not (OutputFormat.Json or OutputFormat.Yaml))
        {
            PlanText.Write(scope.Context.Output, plan, drainTimeout);
        }
        else if (confirmation.IsDryRun(parsed) || PlanText.IsEmpty(plan))
        {
            StructuredOutput.Write(scope.Context.Output, format, new JsonObject { ["plan"] = plan.DeepClone() });
        }
        else
        {
            // The standard output is for the run's document at the end.
            PlanText.Write(scope.Context.Error, plan, drainTimeout);
        }
    }
}
