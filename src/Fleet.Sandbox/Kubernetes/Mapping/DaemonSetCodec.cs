using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>DaemonSets: the number of nodes that want a pod is status, not spec.</summary>
internal sealed class DaemonSetCodec : WorkloadCodec<DaemonSet>
{
    protected override void Describe(DaemonSet value, JsonObject spec, JsonObject status)
    {
        spec["updateStrategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 0, ["maxUnavailable"] = 1 } };
        spec["revisionHistoryLimit"] = 10;
        status["currentNumberScheduled"] = value.Current;
        status["desiredNumberScheduled"] = value.Replicas;
        status["numberMisscheduled"] = 0;
        status["numberReady"] = value.ReadyReplicas;
        status["numberAvailable"] = value.ReadyReplicas;
        status["updatedNumberScheduled"] = value.Current;
    }

    protected override DaemonSet Make(ObjectMeta meta, LabelSelector selector, PodTemplate template) => new() { Meta = meta, Selector = selector, Template = template, Replicas = 0 };

    protected override DaemonSet Read(DaemonSet value, JsonObject spec) => value;
}
