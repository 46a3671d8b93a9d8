using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>What the API server makes of an object that a client sends: status and server-owned metadata stay the server's, unchangeable fields are refused, the generation counts changes of the desired state.</summary>
internal static class Admission
{
    internal static WorldObject Created(WorldObject wanted)
    {
        var meta = wanted.Meta with { Uid = "", Created = default, Generation = 1, DeletionTimestamp = null, DeletionGraceSeconds = null };
        return wanted switch
        {
            Pod pod => pod with { Meta = meta, Phase = PodPhase.Pending, Ready = false, ReadyChanged = null, Started = null, ContainersEnded = false, Unschedulable = null },
            Workload workload => workload with { Meta = meta, Current = 0, ReadyReplicas = 0, Succeeded = 0, ObservedGeneration = 0 },
            PodDisruptionBudget budget => budget with { Meta = meta, DisruptionsAllowed = 0, CurrentHealthy = 0, DesiredHealthy = 0, ExpectedPods = 0, ObservedGeneration = 0, Message = "" },
            _ => wanted with { Meta = meta },
        };
    }

    /// <returns>The object to store; the stored one itself when nothing changed.</returns>
    internal static WorldObject Updated(string resource, WorldObject wanted, WorldObject stored, bool status)
    {
        Refuse(resource, wanted, stored);
        var merged = status ? StatusOf(stored, wanted) : StatusOf(wanted, stored);
        merged = merged with
        {
            Meta = wanted.Meta with
            {
                Uid = stored.Meta.Uid,
                ResourceVersion = stored.Meta.ResourceVersion,
                Created = stored.Meta.Created,
                Generation = stored.Meta.Generation,
                DeletionTimestamp = stored.Meta.DeletionTimestamp,
                DeletionGraceSeconds = stored.Meta.DeletionGraceSeconds,
            },
        };
        var before = Canonical(stored);
        var after = Canonical(merged);
        if (JsonNode.DeepEquals(before, after))
        {
            return stored;
        }

        return status || SpecOf(before) == SpecOf(after) ? merged : merged with { Meta = merged.Meta with { Generation = stored.Meta.Generation + 1 } };
    }

    private static void Refuse(string resource, WorldObject wanted, WorldObject stored)
    {
        switch (wanted, stored)
        {
            case (Node now, Node was) when was.ProviderId.Length > 0 && now.ProviderId != was.ProviderId:
                throw StatusException.Invalid(resource, was.Meta.Name, "spec.providerID", "Forbidden: node updates may not change providerID except from \"\" to valid");
            case (Pod now, Pod was) when now.NodeName != was.NodeName:
                throw StatusException.Invalid(resource, was.Meta.Name, "spec.nodeName", "Forbidden: pod updates may not change the node of a pod");
            case (Workload now, Workload was) when now is not Job and not ReplicaSet && !JsonNode.DeepEquals(JsonSerializer.SerializeToNode(now.Selector), JsonSerializer.SerializeToNode(was.Selector)):
                throw StatusException.Invalid(resource, was.Meta.Name, "spec.selector", "Invalid value: field is immutable");
        }
    }

    /// <summary>The one's desired state with the other's status.</summary>
    private static WorldObject StatusOf(WorldObject desired, WorldObject status) => (desired, status) switch
    {
        (Pod now, Pod was) => now with
        {
            Phase = was.Phase,
            Ready = was.Ready,
            ReadyChanged = was.ReadyChanged,
            Started = was.Started,
            ContainersEnded = was.ContainersEnded,
            Unschedulable = was.Unschedulable,
            ReplacesUid = was.ReplacesUid,
        },
        (Node now, Node was) => now with
        {
            Allocatable = was.Allocatable,
            Ready = was.Ready,
            ReadyChanged = was.ReadyChanged,
            InternalIp = was.InternalIp,
            KubeletVersion = was.KubeletVersion,
            ImageId = was.ImageId,
        },
        (DaemonSet now, DaemonSet was) => now with
        {
            Replicas = was.Replicas,
            Current = was.Current,
            ReadyReplicas = was.ReadyReplicas,
            ObservedGeneration = was.ObservedGeneration,
        },
        (Workload now, Workload was) => now with
        {
            Current = was.Current,
            ReadyReplicas = was.ReadyReplicas,
            Succeeded = was.Succeeded,
            ObservedGeneration = was.ObservedGeneration,
        },
        (PodDisruptionBudget now, PodDisruptionBudget was) => now with
        {
            DisruptionsAllowed = was.DisruptionsAllowed,
            CurrentHealthy = was.CurrentHealthy,
            DesiredHealthy = was.DesiredHealthy,
            ExpectedPods = was.ExpectedPods,
            ObservedGeneration = was.ObservedGeneration,
            DisruptedPods = was.DisruptedPods,
            Reason = was.Reason,
            Message = was.Message,
        },
        _ => desired,
    };

    private static JsonObject Canonical(WorldObject one) => (JsonObject)JsonSerializer.SerializeToNode(one, one.GetType())!;

    /// <summary>The desired state as text: all but metadata, and of what is not modelled all but metadata and status. Status fields are equal on both sides where the desired state was written.</summary>
    private static string SpecOf(JsonObject canonical)
    {
        var spec = (JsonObject)canonical.DeepClone();
        spec.Remove(nameof(WorldObject.Meta));
        if (spec[nameof(WorldObject.Unmodelled)] is JsonObject unmodelled)
        {
            unmodelled.Remove("metadata");
            unmodelled.Remove("status");
            if (unmodelled.Count == 0)
            {
                spec[nameof(WorldObject.Unmodelled)] = null;
            }
        }

        return spec.ToJsonString();
    }
}
