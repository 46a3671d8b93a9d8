using System.Text.RegularExpressions;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Writing;

/// <summary>What the server demands of an object beyond its schema; all violations at once.</summary>
internal static partial class ObjectRules
{
    public static IEnumerable<(string Field, string Reason, string Why)> Of(WorldObject value) => Labels(value.Meta).Concat(value switch
    {
        PodDisruptionBudget { MinAvailable: not null, MaxUnavailable: not null } => [("spec", "FieldValueInvalid", "Invalid value: minAvailable and maxUnavailable cannot be both set")],
        PodDisruptionBudget budget => Amount("spec.minAvailable", budget.MinAvailable).Concat(Amount("spec.maxUnavailable", budget.MaxUnavailable)),
        Workload workload => Workloads(workload),
        Node node => Taints(node),
        _ => [],
    });

    private static IEnumerable<(string, string, string)> Labels(ObjectMeta meta)
    {
        foreach (var (key, text) in meta.Labels)
        {
            if (text.Length > 63 || !LabelValue().IsMatch(text))
            {
                yield return ("metadata.labels", "FieldValueInvalid", $"Invalid value: \"{text}\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', at most 63, and must start and end with an alphanumeric character ({key})");
            }
        }
    }

    private static IEnumerable<(string, string, string)> Amount(string field, string? text)
    {
        if (text is not null && !IntOrPercent().IsMatch(text))
        {
            yield return (field, "FieldValueInvalid", $"Invalid value: \"{text}\": must be an integer of 0 or more, or a percentage such as \"50%\"");
        }
    }

    private static IEnumerable<(string, string, string)> Workloads(Workload workload)
    {
        if (workload.Replicas < 0)
        {
            yield return ("spec.replicas", "FieldValueInvalid", $"Invalid value: {workload.Replicas}: must be greater than or equal to 0");
        }

        if (workload.Selector is { MatchLabels.Count: 0, Expressions.IsEmpty: true })
        {
            yield return ("spec.selector", "FieldValueInvalid", "Invalid value: empty selector is invalid");
        }
        else if (!workload.Selector.Matches(workload.Template.Labels))
        {
            yield return ("spec.template.metadata.labels", "FieldValueInvalid", "Invalid value: `selector` does not match template `labels`");
        }
    }

    private static IEnumerable<(string, string, string)> Taints(Node node)
    {
        foreach (var twice in node.Taints.GroupBy(taint => (taint.Key, taint.Effect)).Where(group => group.Count() > 1))
        {
            yield return ("spec.taints", "FieldValueDuplicate", $"Duplicate value: {twice.Key.Key}:{twice.Key.Effect}: taints must be unique by key and effect pair");
        }

        foreach (var taint in node.Taints.Where(taint => taint.Effect is not ("NoSchedule" or "PreferNoSchedule" or "NoExecute")))
        {
            yield return ("spec.taints", "FieldValueNotSupported", $"Unsupported value: \"{taint.Effect}\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"");
        }
    }

    [GeneratedRegex("^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^[0-9]+%?$")]
    private static partial Regex IntOrPercent();
}
