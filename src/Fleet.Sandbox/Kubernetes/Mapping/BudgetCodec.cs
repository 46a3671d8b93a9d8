using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Pod disruption budgets.</summary>
internal sealed class BudgetCodec() : Codec<PodDisruptionBudget>("spec.selector", "status")
{
    protected override JsonObject Body(PodDisruptionBudget value)
    {
        var spec = new JsonObject();
        spec.With("minAvailable", Json.IntOrString(value.MinAvailable)).With("maxUnavailable", Json.IntOrString(value.MaxUnavailable));
        if (value.Selector is { } selector)
        {
            spec["selector"] = SelectorCodec.Render(selector);
        }

        spec.With("unhealthyPodEvictionPolicy", value.UnhealthyPodEvictionPolicy);
        var status = new JsonObject
        {
            ["currentHealthy"] = value.CurrentHealthy,
            ["desiredHealthy"] = value.DesiredHealthy,
            ["disruptionsAllowed"] = value.DisruptionsAllowed,
            ["expectedPods"] = value.ExpectedPods,
        };
        status.With("disruptedPods", new JsonObject(value.DisruptedPods.Select(pod => KeyValuePair.Create(pod.Key, (JsonNode?)Json.Time(pod.Value)))));
        if (value.ObservedGeneration > 0)
        {
            status["observedGeneration"] = value.ObservedGeneration;
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "DisruptionAllowed",
                ["status"] = value.DisruptionsAllowed > 0 ? "True" : "False",
                ["reason"] = value.Reason,
                ["message"] = value.Message,
                ["lastTransitionTime"] = Json.Time(value.Meta.Created),
                ["observedGeneration"] = value.ObservedGeneration,
            });
        }

        return new JsonObject { ["spec"] = spec, ["status"] = status };
    }

    protected override PodDisruptionBudget Parse(JsonObject document, ObjectMeta meta, PodDisruptionBudget? before)
    {
        var spec = document.Object("spec");
        return (before ?? new PodDisruptionBudget { Meta = meta, DisruptedPods = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal) }) with
        {
            Meta = meta,
            Selector = SelectorCodec.Read(spec.Object("selector")),
            MinAvailable = spec.Text("minAvailable"),
            MaxUnavailable = spec.Text("maxUnavailable"),
            UnhealthyPodEvictionPolicy = spec.Text("unhealthyPodEvictionPolicy"),
        };
    }
}
