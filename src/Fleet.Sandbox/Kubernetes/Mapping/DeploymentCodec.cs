using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Deployments.</summary>
internal sealed class DeploymentCodec : WorkloadCodec<Deployment>
{
    protected override void Describe(Deployment value, JsonObject spec, JsonObject status)
    {
        spec["strategy"] = new JsonObject
        {
            ["type"] = "RollingUpdate",
            ["rollingUpdate"] = new JsonObject { ["maxSurge"] = Json.IntOrString(value.MaxSurge), ["maxUnavailable"] = Json.IntOrString(value.MaxUnavailable) },
        };
        spec["revisionHistoryLimit"] = 10;
        spec["progressDeadlineSeconds"] = 600;
        Count(value, spec, status);
        var missing = value.Replicas - value.ReadyReplicas;
        status.With("updatedReplicas", value.Current > 0 ? value.Current : null).With("unavailableReplicas", missing > 0 ? missing : null);
        status["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Available",
            ["status"] = missing <= 0 ? "True" : "False",
            ["reason"] = missing <= 0 ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            ["message"] = missing <= 0 ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
            ["lastTransitionTime"] = Json.Time(value.Meta.Created),
            ["lastUpdateTime"] = Json.Time(value.Meta.Created),
        });
    }

    protected override Deployment Make(ObjectMeta meta, LabelSelector selector, PodTemplate template) => new() { Meta = meta, Selector = selector, Template = template };

    protected override Deployment Read(Deployment value, JsonObject spec)
    {
        var rolling = spec.Object("strategy").Object("rollingUpdate");
        return value with { Replicas = Wanted(spec), MaxSurge = rolling.Text("maxSurge") ?? "25%", MaxUnavailable = rolling.Text("maxUnavailable") ?? "25%" };
    }
}
