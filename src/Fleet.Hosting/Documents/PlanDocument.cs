using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Rotations.Preflight;

namespace Fleet.Hosting.Documents;

/// <summary>A rotation's plan as JSON.</summary>
public static class PlanDocument
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The document of a plan.</summary>
    public static JsonObject Of(RotationSpec spec, RotationPlan plan) => new()
    {
        ["cluster"] = spec.Pool.Cluster,
        ["pool"] = spec.Pool.Name,
        ["target"] = spec.Target.ToString(),
        ["total"] = plan.Total,
        ["outdated"] = plan.Nodes.Length,
        ["surge"] = plan.Surge,
        ["unavailable"] = plan.Unavailable,
        ["approval"] = spec.Pool.Approval == ApprovalGate.None ? null : JsonNamingPolicy.CamelCase.ConvertName(spec.Pool.Approval.ToString()),
        ["forceUntil"] = spec.ForceUntil is { } until ? until.UtcDateTime.ToString("O") : null,
        ["olderThan"] = spec.TooOld is { } old ? Durations.FormatAge(old.OlderThan) : null,
        ["ignoreWindows"] = spec.Waiver is { } waiver ? new JsonObject { ["until"] = waiver.Until.UtcDateTime.ToString("O"), ["reason"] = waiver.Reason } : null,
        ["changes"] = JsonSerializer.SerializeToNode(plan.Changes, Web),
        ["templates"] = JsonSerializer.SerializeToNode(plan.Versions, Web),
        ["nodes"] = JsonSerializer.SerializeToNode(plan.Nodes, Web),
        ["budgets"] = new JsonArray([.. plan.Drains.Budgets.Select(load => new JsonObject
        {
            ["budget"] = load.Budget.Key,
            ["limit"] = load.Budget.Limit,
            ["disruptionsAllowed"] = load.Budget.DisruptionsAllowed,
            ["maxEver"] = load.MaxEver,
            ["pods"] = load.Pods,
            ["templates"] = JsonSerializer.SerializeToNode(plan.Versions, Web),
        ["nodes"] = load.Nodes,
            ["binds"] = load.Binds,
        })]),
        ["blockers"] = JsonSerializer.SerializeToNode(plan.Drains.Blockers, Web),
        ["completions"] = JsonSerializer.SerializeToNode(plan.Drains.Completions, Web),
        ["downtime"] = JsonSerializer.SerializeToNode(plan.Drains.Downtime, Web),
        ["losesLocalData"] = JsonSerializer.SerializeToNode(plan.Drains.LosesLocalData, Web),
        ["calls"] = new JsonObject { ["aws"] = plan.AwsCalls, ["kubernetes"] = plan.KubernetesCalls },
        ["forecast"] = new JsonObject
        {
            ["expectedSeconds"] = (long)plan.Forecast.Expected.TotalSeconds,
            ["lowerBoundSeconds"] = (long)plan.Forecast.LowerBound.TotalSeconds,
            ["bindingConstraint"] = plan.Forecast.BindingConstraint,
            ["bootSeconds"] = (long)plan.Forecast.Boot.TotalSeconds,
        },
    };
}
