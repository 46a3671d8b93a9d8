using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>A pod's status as the kubelet and the scheduler would write it.</summary>
internal static class PodStatus
{
    public static JsonObject Render(Pod pod, JsonObject spec)
    {
        var status = new JsonObject { ["phase"] = pod.Phase.ToString() };
        status["conditions"] = Json.Of(Conditions(pod));
        if (pod.NodeName is { } node)
        {
            var host = HostAddress(node);
            status.With("hostIP", host).With("hostIPs", host is null ? null : new JsonArray(new JsonObject { ["ip"] = host }));
        }

        if (pod.Started is { } started)
        {
            status["startTime"] = Json.Time(started);
            if (pod.Phase != PodPhase.Pending)
            {
                status["podIP"] = Address(pod.Meta.Uid);
                status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = Address(pod.Meta.Uid) });
            }
        }

        status["qosClass"] = Quality(pod);
        if (pod.NodeName is not null)
        {
            status["containerStatuses"] = Json.Of(spec.Objects("containers").Select(container => Container(pod, container)));
        }

        return status;
    }

    private static IEnumerable<JsonObject> Conditions(Pod pod)
    {
        var created = Json.Time(pod.Meta.Created);
        if (pod.NodeName is null)
        {
            var waiting = Condition("PodScheduled", false, created);
            if (pod.Unschedulable is { } why)
            {
                waiting["reason"] = "Unschedulable";
                waiting["message"] = why;
            }

            yield return waiting;
            yield break;
        }

        var started = Json.Time(pod.Started ?? pod.Meta.Created);
        var changed = Json.Time(pod.ReadyChanged ?? pod.Started ?? pod.Meta.Created);
        yield return Condition("PodScheduled", true, created);
        yield return Condition("Initialized", pod.Started is not null, started);
        foreach (var type in (string[])["ContainersReady", "Ready"])
        {
            var condition = Condition(type, pod.Ready, changed);
            if (!pod.Ready)
            {
                condition["reason"] = pod.Phase == PodPhase.Succeeded ? "PodCompleted" : "ContainersNotReady";
            }

            yield return condition;
        }
    }

    private static JsonObject Condition(string type, bool holds, string changed) => new()
    {
        ["type"] = type,
        ["status"] = holds ? "True" : "False",
        ["lastProbeTime"] = null,
        ["lastTransitionTime"] = changed,
    };

    private static JsonObject Container(Pod pod, JsonObject container)
    {
        var running = pod is { Phase: PodPhase.Running, ContainersEnded: false };
        var started = Json.Time(pod.Started ?? pod.Meta.Created);
        var ended = new JsonObject
        {
            ["exitCode"] = pod.Phase == PodPhase.Failed ? 1 : 0,
            ["reason"] = pod.Phase == PodPhase.Failed ? "Error" : "Completed",
            ["startedAt"] = started,
            ["finishedAt"] = Json.Time(pod.ReadyChanged ?? pod.Started ?? pod.Meta.Created),
        };
        var state = running ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = started } }
            : pod.Phase == PodPhase.Pending && !pod.ContainersEnded ? new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ContainerCreating" } }
            : new JsonObject { ["terminated"] = ended };
        var image = container.Text("image") ?? "";
        return new JsonObject
        {
            ["name"] = container.Text("name") ?? "",
            ["image"] = image,
            ["imageID"] = running ? image : "",
            ["ready"] = pod.Ready && running,
            ["started"] = running,
            ["restartCount"] = 0,
            ["state"] = state,
            ["lastState"] = new JsonObject(),
        };
    }

    private static string Quality(Pod pod) => pod.Template.Requests is { MilliCpu: 0, MemoryBytes: 0 } ? "BestEffort" : "Burstable";

    /// <summary>Nodes are named after their private DNS name, which carries their address.</summary>
    private static string? HostAddress(string node)
    {
        var parts = node.Split('.')[0].Split('-');
        return parts is ["ip", _, _, _, _] ? string.Join('.', parts[1..]) : null;
    }

    private static string Address(string uid)
    {
        var bytes = Guid.TryParse(uid, out var guid) ? guid.ToByteArray() : new byte[16];
        return $"100.{64 + (bytes[10] & 63)}.{bytes[9]}.{bytes[8]}";
    }
}
