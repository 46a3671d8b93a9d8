using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Persistent volume claims.</summary>
internal sealed class ClaimCodec() : Codec<PersistentVolumeClaim>("spec.volumeName", "status")
{
    protected override JsonObject Body(PersistentVolumeClaim value)
    {
        var spec = new JsonObject
        {
            ["accessModes"] = new JsonArray("ReadWriteOnce"),
            ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = "10Gi" } },
            ["volumeMode"] = "Filesystem",
        };
        spec.With("volumeName", value.VolumeName);
        var status = new JsonObject { ["phase"] = value.VolumeName is null ? "Pending" : "Bound" };
        if (value.VolumeName is not null)
        {
            status["accessModes"] = new JsonArray("ReadWriteOnce");
            status["capacity"] = new JsonObject { ["storage"] = "10Gi" };
        }

        return new JsonObject { ["spec"] = spec, ["status"] = status };
    }

    protected override PersistentVolumeClaim Parse(JsonObject document, ObjectMeta meta, PersistentVolumeClaim? before) =>
        (before ?? new PersistentVolumeClaim { Meta = meta }) with { Meta = meta, VolumeName = document.Object("spec").Text("volumeName") };
}
