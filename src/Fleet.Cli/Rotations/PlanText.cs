using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Cli.Output;
using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Runs;
using Fleet.Core.Templates;

namespace Fleet.Cli.Rotations;

/// <summary>A rotation's plan for a person, from its document: a server's plan reads like one that was made here.</summary>
internal static class PlanText
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Whether nothing is outdated.</summary>
    public static bool IsEmpty(JsonObject plan) => plan["nodes"] is not JsonArray { Count: > 0 };

    public static void Write(TextWriter output, JsonObject plan, TimeSpan drainTimeout)
    {
        output.WriteLine($"Rotate {plan["cluster"]}/{plan["pool"]} to {plan["target"]}: {plan["outdated"]} of {plan["total"]} instances are outdated; surge {plan["surge"]}, unavailable {plan["unavailable"]}");
        if (IsEmpty(plan))
        {
            return;
        }

        Section(output, "Changes on the groups", Read<string>(plan, "changes"));
        foreach (var version in Read<PlannedVersion>(plan, "templates").Where(version => version.Differences.Any(difference => difference.Field != "ImageId")))
        {
            Section(output, version.Version is { } number ? $"Version {number} of launch template {version.TemplateId} in the place of version {version.Source}" : $"New version of launch template {version.TemplateId} from version {version.Source}", version.Differences.SelectMany(Lines));
        }

        output.WriteLine();
        var nodes = new TextTable("#", "NODE", "ZONE", "IMAGE", "PODS", "REMARK");
        foreach (var node in Read<PlannedNode>(plan, "nodes"))
        {
            nodes.Add($"{node.Order}", node.Node ?? node.InstanceId, node.Zone, node.Image, $"{node.Pods}", node.Remark);
        }

        nodes.WriteTo(output);
        Budgets(output, plan);
        Section(output, "Pods that block until a person acts", Read<Reason>(plan, "blockers").Select(Sentence));
        Section(output, "Pods that are waited for until they end", Read<Reason>(plan, "completions").Select(Sentence));
        Section(output, "Downtime", Read<DowntimeNotice>(plan, "downtime").Select(notice => $"{notice.Owner}: {notice.Why} (pod {notice.Pod} on {notice.Node})"));
        Section(output, "Pods whose emptyDir data is lost", Read<string>(plan, "losesLocalData"));
        if (plan["forceUntil"] is { } until)
        {
            Section(output, "Forced", [$"pods that are left after {Durations.Format(drainTimeout)} are deleted past their budgets, until {Instant(until)}"]);
        }

        if (plan["ignoreWindows"] is { } waiver)
        {
            Section(output, "Maintenance windows ignored", [$"until {Instant(waiver["until"])}: {waiver["reason"]}"]);
        }

        output.WriteLine();
        var (forecast, calls) = (plan["forecast"]!, plan["calls"]!);
        output.WriteLine($"Forecast: about {Span(forecast, "expectedSeconds")}, not less than {Span(forecast, "lowerBoundSeconds")} ({forecast["bindingConstraint"]}; a boot is taken as {Span(forecast, "bootSeconds")}). About {calls["aws"]} AWS and {calls["kubernetes"]} Kubernetes calls.");
    }

    private static void Budgets(TextWriter output, JsonObject plan)
    {
        var binding = (plan["budgets"] as JsonArray ?? []).Where(load => (bool?)load!["binds"] == true).ToList();
        if (binding.Count == 0)
        {
            return;
        }

        output.WriteLine();
        var table = new TextTable("BUDGET THAT BINDS", "LIMIT", "ALLOWS NOW", "AT MOST", "PODS TO MOVE", "ON NODES");
        foreach (var load in binding)
        {
            table.Add($"{load!["budget"]}", $"{load["limit"]}", $"{load["disruptionsAllowed"]}", $"{load["maxEver"]}", $"{load["pods"]}", $"{load["nodes"]}");
        }

        table.WriteTo(output);
    }

    private static IEnumerable<string> Lines(TemplateDifference difference) => [difference.ToString(), .. difference.Lines.Select(line => $"  {line}")];

    private static T[] Read<T>(JsonObject plan, string name) => plan[name]?.Deserialize<T[]>(Web) ?? [];

    private static string Instant(JsonNode? until) => $"{DateTimeOffset.Parse((string)until!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";

    private static string Span(JsonNode forecast, string name) => Durations.Format(TimeSpan.FromSeconds((long)forecast[name]!));

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
