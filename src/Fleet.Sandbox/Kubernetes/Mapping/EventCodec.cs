using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>core/v1 Events.</summary>
internal sealed class EventCodec : Codec<ClusterEvent>
{
    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["Deployment"] = "apps/v1",
        ["ReplicaSet"] = "apps/v1",
        ["StatefulSet"] = "apps/v1",
        ["DaemonSet"] = "apps/v1",
        ["Job"] = "batch/v1",
        ["PodDisruptionBudget"] = "policy/v1",
    };

    protected override JsonObject Body(ClusterEvent value)
    {
        var involved = new JsonObject { ["apiVersion"] = Versions.GetValueOrDefault(value.InvolvedKind, "v1"), ["kind"] = value.InvolvedKind, ["name"] = value.Involved.Name };
        involved.With("namespace", value.Involved.Namespace.Length > 0 ? value.Involved.Namespace : null);
        involved.With("uid", value.InvolvedUid.Length > 0 ? value.InvolvedUid : null);
        return new JsonObject
        {
            ["involvedObject"] = involved,
            ["reason"] = value.Reason,
            ["message"] = value.Message,
            ["source"] = new JsonObject { ["component"] = value.Component },
            ["firstTimestamp"] = Json.Time(value.First),
            ["lastTimestamp"] = Json.Time(value.Last),
            ["count"] = value.Count,
            ["type"] = value.Type,
            ["eventTime"] = null,
            ["reportingComponent"] = value.Component,
            ["reportingInstance"] = "",
        };
    }

    protected override ClusterEvent Parse(JsonObject document, ObjectMeta meta, ClusterEvent? before)
    {
        var involved = document.Object("involvedObject");
        var seen = document.When("eventTime") ?? document.When("lastTimestamp") ?? document.When("firstTimestamp") ?? meta.Created;
        return new ClusterEvent
        {
            Meta = meta,
            InvolvedKind = involved.Text("kind") ?? "",
            Involved = new ObjectKey(involved.Text("namespace") ?? "", involved.Text("name") ?? ""),
            InvolvedUid = involved.Text("uid") ?? "",
            Type = document.Text("type") ?? "Normal",
            Reason = document.Text("reason") ?? "",
            Message = document.Text("message") ?? "",
            Component = document.Object("source").Text("component") ?? document.Text("reportingComponent") ?? "",
            Count = (int)(document.Number("count") ?? 1),
            First = document.When("firstTimestamp") ?? seen,
            Last = document.When("lastTimestamp") ?? seen,
        };
    }
}
