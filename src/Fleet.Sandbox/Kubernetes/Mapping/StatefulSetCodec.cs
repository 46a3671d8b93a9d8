using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>StatefulSets.</summary>
internal sealed class StatefulSetCodec : WorkloadCodec<StatefulSet>
{
    protected override void Describe(StatefulSet value, JsonObject spec, JsonObject status)
    {
        spec["serviceName"] = value.Meta.Name;
        spec["podManagementPolicy"] = value.Parallel ? "Parallel" : "OrderedReady";
        spec["updateStrategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["partition"] = 0 } };
        spec["revisionHistoryLimit"] = 10;
        spec.With("volumeClaimTemplates", Json.Of(value.ClaimTemplates.Select(Claim)));
        Count(value, spec, status);
        status["currentReplicas"] = value.Current;
        status["updatedReplicas"] = value.Current;
        status["collisionCount"] = 0;
    }

    protected override StatefulSet Make(ObjectMeta meta, LabelSelector selector, PodTemplate template) => new() { Meta = meta, Selector = selector, Template = template };

    protected override StatefulSet Read(StatefulSet value, JsonObject spec) => value with
    {
        Replicas = Wanted(spec),
        Parallel = spec.Text("podManagementPolicy") == "Parallel",
        ClaimTemplates = [.. spec.Objects("volumeClaimTemplates").Select(claim => claim.Object("metadata").Text("name")).OfType<string>()],
    };

    private static JsonObject Claim(string name) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolumeClaim",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject { ["accessModes"] = new JsonArray("ReadWriteOnce"), ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "10Gi" } } },
    };
}
