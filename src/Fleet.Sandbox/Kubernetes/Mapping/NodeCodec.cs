using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Nodes: taints are one atomic list, and spec.unschedulable brings its taint with it, as the node lifecycle controller does.</summary>
internal sealed class NodeCodec() : Codec<Node>("spec.taints", "spec.unschedulable", "status.conditions", "status.addresses", "status.nodeInfo")
{
    protected override JsonObject Body(Node value)
    {
        var spec = new JsonObject().With("providerID", value.ProviderId.Length > 0 ? value.ProviderId : null).With("taints", Json.Of(value.Taints.Select(Render))).With("unschedulable", value.Unschedulable ? true : null);
        return new JsonObject { ["spec"] = spec, ["status"] = Status(value) };
    }

    protected override Node Parse(JsonObject document, ObjectMeta meta, Node? before)
    {
        var spec = document.Object("spec");
        var allocatable = document.Object("status").Object("allocatable");
        before ??= new Node
        {
            Meta = meta,
            ProviderId = "",
            Allocatable = new Resources(Quantity.MilliCores(allocatable.Text("cpu")), Quantity.Bytes(allocatable.Text("memory")), Quantity.Bytes(allocatable.Text("pods"))),
            Ready = false,
        };
        return before with
        {
            Meta = meta,
            ProviderId = spec.Text("providerID") ?? "",
            Unschedulable = spec.Flag("unschedulable") ?? false,
            Taints = [.. spec.Objects("taints").Select(taint => new Taint(taint.Text("key") ?? "", taint.Text("value"), taint.Text("effect") ?? ""))],
        };
    }

    private static JsonObject Render(Taint taint)
    {
        var json = new JsonObject { ["key"] = taint.Key, ["effect"] = taint.Effect };
        return json.With("value", string.IsNullOrEmpty(taint.Value) ? null : taint.Value);
    }

    private static JsonObject Status(Node node)
    {
        var changed = Json.Time(node.ReadyChanged ?? node.Meta.Created);
        var amounts = new JsonObject
        {
            ["cpu"] = Quantity.Cores(node.Allocatable.MilliCpu),
            ["ephemeral-storage"] = "20145724Ki",
            ["memory"] = Quantity.Memory(node.Allocatable.MemoryBytes),
            ["pods"] = node.Allocatable.Pods.ToString(),
        };
        var silent = node.Ready is null;
        JsonObject Pressure(string type, string reason, string message) => Condition(
            type, silent ? "Unknown" : "False", silent ? "NodeStatusUnknown" : reason, silent ? "Kubelet stopped posting node status." : message, Json.Time(node.Meta.Created));
        var addresses = new JsonArray();
        if (node.InternalIp.Length > 0)
        {
            addresses.Add(new JsonObject { ["address"] = node.InternalIp, ["type"] = "InternalIP" });
        }

        addresses.Add(new JsonObject { ["address"] = node.Meta.Name, ["type"] = "Hostname" });
        return new JsonObject
        {
            ["addresses"] = addresses,
            ["allocatable"] = amounts.DeepClone(),
            ["capacity"] = amounts,
            ["conditions"] = new JsonArray(
                Pressure("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                Pressure("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                Pressure("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                node.Ready switch
                {
                    true => Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", changed),
                    false => Condition("Ready", "False", "KubeletNotReady", "container runtime network not ready", changed),
                    null => Condition("Ready", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", changed),
                }),
            ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = 10250 } },
            ["nodeInfo"] = new JsonObject
            {
                ["architecture"] = node.Meta.Labels.GetValueOrDefault("kubernetes.io/arch", "amd64"),
                ["bootID"] = node.Meta.Uid,
                ["containerRuntimeVersion"] = "containerd://2.0.5",
                ["kernelVersion"] = "6.12.0",
                ["kubeProxyVersion"] = "",
                ["kubeletVersion"] = node.KubeletVersion,
                ["machineID"] = node.Meta.Uid.Replace("-", "", StringComparison.Ordinal),
                ["operatingSystem"] = "linux",
                ["osImage"] = node.ImageId,
                ["systemUUID"] = node.Meta.Uid,
            },
        };
    }

    private static JsonObject Condition(string type, string status, string reason, string message, string changed) => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["lastHeartbeatTime"] = changed,
        ["lastTransitionTime"] = changed,
        ["reason"] = reason,
        ["message"] = message,
    };
}
