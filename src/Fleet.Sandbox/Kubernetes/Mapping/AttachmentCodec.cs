using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Volume attachments.</summary>
internal sealed class AttachmentCodec() : Codec<VolumeAttachment>("status.attached")
{
    protected override JsonObject Body(VolumeAttachment value) => new()
    {
        ["spec"] = new JsonObject { ["attacher"] = value.Attacher, ["nodeName"] = value.NodeName, ["source"] = new JsonObject { ["persistentVolumeName"] = value.VolumeName } },
        ["status"] = new JsonObject { ["attached"] = value.Attached },
    };

    protected override VolumeAttachment Parse(JsonObject document, ObjectMeta meta, VolumeAttachment? before)
    {
        var spec = document.Object("spec");
        before ??= new VolumeAttachment { Meta = meta, NodeName = spec.Text("nodeName") ?? "", VolumeName = spec.Object("source").Text("persistentVolumeName") ?? "" };
        return before with { Meta = meta, Attacher = spec.Text("attacher") ?? before.Attacher };
    }
}
