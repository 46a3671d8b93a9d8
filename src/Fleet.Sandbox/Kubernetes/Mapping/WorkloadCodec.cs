using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>What Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs share: selector, template, replicas.</summary>
internal abstract class WorkloadCodec<T>() : Codec<T>("spec.selector", "spec.template", "spec.replicas", "status")
    where T : Workload
{
    protected sealed override JsonObject Body(T value)
    {
        var spec = new JsonObject { ["selector"] = SelectorCodec.Render(value.Selector), ["template"] = TemplateCodec.Render(value.Template) };
        var status = new JsonObject().With("observedGeneration", value.ObservedGeneration > 0 ? value.ObservedGeneration : null);
        Describe(value, spec, status);
        return new JsonObject { ["spec"] = spec, ["status"] = status };
    }

    protected sealed override T Parse(JsonObject document, ObjectMeta meta, T? before)
    {
        var spec = document.Object("spec") ?? [];
        var template = TemplateCodec.Read((JsonObject)(spec.Object("template") ?? []).DeepClone(), before?.Template);
        var selector = SelectorCodec.Read(spec.Object("selector")) ?? new LabelSelector { MatchLabels = template.Labels };
        var value = before is null ? Make(meta, selector, template) : before with { Meta = meta, Selector = Same(before.Selector, selector), Template = template };
        return Read(value, spec);
    }

    /// <summary>Adds the kind's own fields.</summary>
    protected abstract void Describe(T value, JsonObject spec, JsonObject status);

    /// <summary>A new object of the kind.</summary>
    protected abstract T Make(ObjectMeta meta, LabelSelector selector, PodTemplate template);

    /// <summary>Reads the kind's own fields.</summary>
    protected abstract T Read(T value, JsonObject spec);

    /// <summary>The replica counts that the scalable kinds report.</summary>
    protected static void Count(T value, JsonObject spec, JsonObject status)
    {
        spec["replicas"] = value.Replicas;
        status["replicas"] = value.Current;
        status.With("readyReplicas", value.ReadyReplicas > 0 ? value.ReadyReplicas : null);
        status.With("availableReplicas", value.ReadyReplicas > 0 ? value.ReadyReplicas : null);
    }

    /// <summary>spec.replicas, 1 by default.</summary>
    protected static int Wanted(JsonObject spec) => (int)(spec.Number("replicas") ?? 1);

    private static LabelSelector Same(LabelSelector before, LabelSelector now) => JsonNode.DeepEquals(SelectorCodec.Render(before), SelectorCodec.Render(now)) ? before : now;
}
