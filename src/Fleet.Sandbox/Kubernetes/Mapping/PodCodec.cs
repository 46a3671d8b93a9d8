using System.Text.Json.Nodes;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Mapping;

/// <summary>Pods. The template's part of the spec is shared with the workload; status follows from the few facts that the world keeps.</summary>
internal sealed class PodCodec() : Codec<Pod>("spec", "status")
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";

    protected override JsonObject Body(Pod value)
    {
        var spec = (JsonObject)TemplateCodec.Render(value.Template)["spec"]!.DeepClone();
        spec.With("nodeName", value.NodeName);
        var known = spec.Objects("volumes").Select(volume => volume.Object("persistentVolumeClaim").Text("claimName")).ToHashSet();
        foreach (var claim in value.Claims.Where(claim => !known.Contains(claim)))
        {
            if (spec["volumes"] is null)
            {
                spec["volumes"] = new JsonArray();
            }

            spec.Array("volumes")!.Add(TemplateCodec.ClaimVolume(claim));
        }

        spec["enableServiceLinks"] = true;
        spec["securityContext"] = new JsonObject();
        return new JsonObject { ["spec"] = spec };
    }

    protected override Pod Parse(JsonObject document, ObjectMeta meta, Pod? before)
    {
        var spec = (JsonObject)(document.Object("spec") ?? []).DeepClone();
        var node = spec.Text("nodeName");
        if (before is not null && JsonNode.DeepEquals(spec, Body(before)["spec"]))
        {
            return before with { Meta = meta };
        }

        foreach (var own in (string[])["nodeName", "enableServiceLinks", "securityContext"])
        {
            spec.Remove(own);
        }

        var metadata = new JsonObject { ["labels"] = Json.Of(meta.Labels), ["annotations"] = Json.Of(meta.Annotations) };
        var template = TemplateCodec.Read(new JsonObject { ["metadata"] = metadata, ["spec"] = spec }, before?.Template);
        before ??= new Pod { Meta = meta, Template = template };
        return before with { Meta = meta, Template = template, NodeName = node, Claims = template.Claims, Mirror = meta.Annotations.ContainsKey(MirrorAnnotation) };
    }

    protected override JsonObject Finish(Pod value, JsonObject document)
    {
        if (value.Mirror && document.Object("metadata") is { } metadata && metadata.Object("annotations").Text(MirrorAnnotation) is null)
        {
            metadata["annotations"] ??= new JsonObject();
            metadata["annotations"]![MirrorAnnotation] = value.Meta.Uid;
        }

        document["status"] = PodStatus.Render(value, document.Object("spec")!);
        return document;
    }
}
