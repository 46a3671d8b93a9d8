using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using static Fleet.Hosting.Documents.EffectiveDocument;

namespace Fleet.Hosting.Documents;

/// <summary>What a pool's document says of its machines, with every default written out.</summary>
internal static class EffectiveMachine
{
    public static JsonObject Of(TemplateSpec template)
    {
        var json = new JsonObject();
        Add(json, "userData", template.UserData is { } data ? Camel(data) : null);
        json["metadata"] = new JsonObject { ["httpTokens"] = "required", ["hopLimit"] = template.MetadataHopLimit };
        if (template.RootVolume is { } volume)
        {
            var root = new JsonObject { ["encrypted"] = volume.Encrypted };
            Add(root, "kmsKey", volume.KmsKey);
            Add(root, "sizeGiB", volume.SizeGiB);
            Add(root, "type", volume.Type);
            json["rootVolume"] = root;
        }

        Add(json, "instanceProfile", template.InstanceProfile);
        json["tags"] = Labels(template.Tags);
        return json;
    }

    public static JsonObject Of(NodeSpec node) => new()
    {
        ["labels"] = Labels(node.Labels),
        ["taints"] = new JsonArray([.. node.Taints.Select(taint => new JsonObject { ["key"] = taint.Key, ["value"] = taint.Value, ["effect"] = $"{taint.Effect}" })]),
        ["kubelet"] = Of(node.Kubelet),
    };

    private static JsonObject Of(KubeletSpec kubelet)
    {
        var json = new JsonObject();
        Add(json, "maxPods", kubelet.MaxPods);
        Add(json, "podPidsLimit", kubelet.PodPidsLimit);
        json["systemReserved"] = Labels(kubelet.SystemReserved);
        json["kubeReserved"] = Labels(kubelet.KubeReserved);
        json["evictionHard"] = Labels(kubelet.EvictionHard);
        Add(json, "shutdownGracePeriod", kubelet.ShutdownGracePeriod is { } total ? Durations.Format(total) : null);
        Add(json, "shutdownGracePeriodCriticalPods", kubelet.ShutdownGracePeriodCriticalPods is { } critical ? Durations.Format(critical) : null);
        Add(json, "imageGCHighThresholdPercent", kubelet.ImageGcHighThresholdPercent);
        Add(json, "imageGCLowThresholdPercent", kubelet.ImageGcLowThresholdPercent);
        Add(json, "containerLogMaxSize", kubelet.ContainerLogMaxSize);
        Add(json, "containerLogMaxFiles", kubelet.ContainerLogMaxFiles);
        return json;
    }

    private static void Add(JsonObject json, string name, int? value)
    {
        if (value is { } number)
        {
            json[name] = number;
        }
    }

    private static void Add(JsonObject json, string name, string? text) => EffectiveDocument.Add(json, name, text);
}
