using Fleet.Cli.Output;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>A rotation's plan for a person.</summary>
internal static class PlanText
{
    public static void Write(TextWriter output, RotationSpec spec, RotationPlan plan)
    {
        output.WriteLine($"Rotate {spec.Pool.Cluster}/{spec.Pool.Name} to {spec.Target}: {plan.Nodes.Length} of {plan.Total} instances are outdated; surge {plan.Surge}, unavailable {plan.Unavailable}");
        if (plan.Nodes.IsEmpty)
        {
            return;
        }

        Section(output, "Changes on the groups", plan.Changes);
        output.WriteLine();
        var nodes = new TextTable("#", "NODE", "ZONE", "IMAGE", "PODS", "REMARK");
        foreach (var node in plan.Nodes)
        {
            nodes.Add($"{node.Order}", node.Node ?? node.InstanceId, node.Zone, node.Image, $"{node.Pods}", node.Remark);
        }

        nodes.WriteTo(output);
        Budgets(output, plan);
        Section(output, "Pods that block until a person acts", plan.Drains.Blockers.Select(Sentence));
        Section(output, "Pods that are waited for until they end", plan.Drains.Completions.Select(Sentence));
        Section(output, "Downtime", plan.Drains.Downtime.Select(notice => $"{notice.Owner}: {notice.Why} (pod {notice.Pod} on {notice.Node})"));
        Section(output, "Pods whose emptyDir data is lost", plan.Drains.LosesLocalData);
        if (spec.ForceUntil is { } until)
        {
            Section(output, "Forced", [$"pods that are left after {Durations.Format(spec.Pool.Rotation.DrainTimeout)} are deleted past their budgets, until {until:yyyy-MM-dd HH:mm:ss}Z"]);
        }

        if (spec.Waiver is { } waiver)
        {
            Section(output, "Maintenance windows ignored", [$"until {waiver.Until:yyyy-MM-dd HH:mm:ss}Z: {waiver.Reason}"]);
        }

        output.WriteLine();
        var forecast = plan.Forecast;
        output.WriteLine($"Forecast: about {Durations.Format(forecast.Expected)}, not less than {Durations.Format(forecast.LowerBound)} ({forecast.BindingConstraint}; a boot is taken as {Durations.Format(forecast.Boot)}). About {plan.AwsCalls} AWS and {plan.KubernetesCalls} Kubernetes calls.");
    }

    private static void Budgets(TextWriter output, RotationPlan plan)
    {
        var binding = plan.Drains.Budgets.Where(load => load.Binds).ToList();
        if (binding.Count == 0)
        {
            return;
        }

        output.WriteLine();
        var table = new TextTable("BUDGET THAT BINDS", "LIMIT", "ALLOWS NOW", "AT MOST", "PODS TO MOVE", "ON NODES");
        foreach (var load in binding)
        {
            table.Add(load.Budget.Key, load.Budget.Limit, $"{load.Budget.DisruptionsAllowed}", $"{load.MaxEver}", $"{load.Pods}", $"{load.Nodes}");
        }

        table.WriteTo(output);
    }

    private static string Sentence(Reason reason)
    {
        // The sentence begins with the object; where that is a pod, its node is what the reader looks for next.
        var sentence = reason.Node is { } node && reason.Sentence.StartsWith(reason.Object, StringComparison.Ordinal) ? $"{reason.Object} on {node}{reason.Sentence[reason.Object.Length..]}" : reason.Sentence;
        return reason.Cure is null ? sentence : $"{sentence}; {reason.Cure}";
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"{title}:");
        all.ForEach(line => output.WriteLine($"  {line}"));
    }
}
