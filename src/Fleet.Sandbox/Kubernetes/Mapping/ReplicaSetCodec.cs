using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>ReplicaSets.</summary>
internal sealed class ReplicaSetCodec : WorkloadCodec<ReplicaSet>
{
    protected override void Describe(ReplicaSet value, JsonObject spec, JsonObject status)
    {
        Count(value, spec, status);
        status.With("fullyLabeledReplicas", value.Current > 0 ? value.Current : null);
    }

    protected override ReplicaSet Make(ObjectMeta meta, LabelSelector selector, PodTemplate template) => new() { Meta = meta, Selector = selector, Template = template };

    protected override ReplicaSet Read(ReplicaSet value, JsonObject spec) => value with { Replicas = Wanted(spec) };
}
