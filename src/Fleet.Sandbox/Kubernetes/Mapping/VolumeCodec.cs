using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Persistent volumes, bound to a zone by their node affinity.</summary>
internal sealed class VolumeCodec() : Codec<PersistentVolume>("spec.nodeAffinity", "spec.claimRef", "status")
{
    private const string ZoneLabel = "topology.kubernetes.io/zone";

    protected override JsonObject Body(PersistentVolume value)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["capacity"] = new JsonObject { ["storage"] = "10Gi" },
            ["csi"] = new JsonObject { ["driver"] = "ebs.csi.aws.com", ["volumeHandle"] = $"vol-{value.Meta.Name}" },
            ["nodeAffinity"] = new JsonObject
            {
                ["required"] = new JsonObject
                {
                    ["nodeSelectorTerms"] = new JsonArray(new JsonObject
                    {
                        ["matchExpressions"] = new JsonArray(new JsonObject { ["key"] = ZoneLabel, ["operator"] = "In", ["values"] = new JsonArray(value.Zone) }),
                    }),
                },
            },
            ["persistentVolumeReclaimPolicy"] = "Delete",
            ["volumeMode"] = "Filesystem",
        };
        if (value.Claim is { } claim)
        {
            spec["claimRef"] = new JsonObject { ["kind"] = "PersistentVolumeClaim", ["apiVersion"] = "v1", ["namespace"] = claim.Namespace, ["name"] = claim.Name };
        }

        return new JsonObject { ["spec"] = spec, ["status"] = new JsonObject { ["phase"] = value.Claim is null ? "Available" : "Bound" } };
    }

    protected override PersistentVolume Parse(JsonObject document, ObjectMeta meta, PersistentVolume? before)
    {
        var spec = document.Object("spec");
        var zones = spec.Object("nodeAffinity").Object("required").Objects("nodeSelectorTerms")
            .SelectMany(term => term.Objects("matchExpressions")).Where(expression => expression.Text("key") == ZoneLabel).SelectMany(expression => expression.Texts("values"));
        var claim = spec.Object("claimRef") is { } reference ? new ObjectKey(reference.Text("namespace") ?? "", reference.Text("name") ?? "") : (ObjectKey?)null;
        var zone = zones.FirstOrDefault("");
        return before is null ? new PersistentVolume { Meta = meta, Zone = zone, Claim = claim } : before with { Meta = meta, Zone = zone, Claim = claim };
    }
}
