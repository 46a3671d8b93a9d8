using System.Text.Json.Nodes;
using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Templates;

/// <summary>What a pool declares of its kubelets, as a part of a kubelet's configuration (Kubernetes, "Kubelet Configuration (v1beta1)").</summary>
internal static class KubeletConfiguration
{
    /// <summary>The part; null where nothing is declared.</summary>
    public static JsonObject? Of(KubeletSpec kubelet)
    {
        var declared = new JsonObject();
        Add(declared, "maxPods", kubelet.MaxPods);
        Add(declared, "podPidsLimit", kubelet.PodPidsLimit);
        Add(declared, "systemReserved", kubelet.SystemReserved);
        Add(declared, "kubeReserved", kubelet.KubeReserved);
        Add(declared, "evictionHard", kubelet.EvictionHard);
        Add(declared, "shutdownGracePeriod", kubelet.ShutdownGracePeriod);
        Add(declared, "shutdownGracePeriodCriticalPods", kubelet.ShutdownGracePeriodCriticalPods);
        Add(declared, "imageGCHighThresholdPercent", kubelet.ImageGcHighThresholdPercent);
        Add(declared, "imageGCLowThresholdPercent", kubelet.ImageGcLowThresholdPercent);
        Add(declared, "containerLogMaxSize", kubelet.ContainerLogMaxSize);
        Add(declared, "containerLogMaxFiles", kubelet.ContainerLogMaxFiles);
        if (declared.Count == 0)
        {
            return null;
        }

        declared.Insert(0, "apiVersion", "kubelet.config.k8s.io/v1beta1");
        declared.Insert(1, "kind", "KubeletConfiguration");
        return declared;
    }

    private static void Add(JsonObject json, string name, IReadOnlyDictionary<string, string> amounts)
    {
        if (amounts.Count > 0)
        {
            json[name] = new JsonObject(amounts.Select(amount => KeyValuePair.Create(amount.Key, (JsonNode?)amount.Value)));
        }
    }

    private static void Add(JsonObject json, string name, TimeSpan? time) => Add(json, name, time is { } given ? $"{(long)given.TotalMilliseconds}ms" : null);

    private static void Add(JsonObject json, string name, int? number)
    {
        if (number is { } given)
        {
            json[name] = given;
        }
    }

    private static void Add(JsonObject json, string name, string? text)
    {
        if (text is not null)
        {
            json[name] = text;
        }
    }
}
