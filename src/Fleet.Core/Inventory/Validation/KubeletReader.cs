using Fleet.Core.Inventory.Pools;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.node.kubelet</c> of a NodePool.</summary>
internal static class KubeletReader
{
    /// <summary>What the kubelet evicts at where nothing is declared (Kubernetes, "Node-pressure Eviction").</summary>
    private static readonly Dictionary<string, string> DefaultThresholds = new()
    {
        ["memory.available"] = "100Mi",
        ["nodefs.available"] = "10%",
        ["imagefs.available"] = "15%",
        ["nodefs.inodesFree"] = "5%",
        ["imagefs.inodesFree"] = "5%",
    };

    /// <summary>The configuration; nothing declared where the map is absent.</summary>
    public static KubeletSpec Read(FieldReader? kubelet)
    {
        if (kubelet is null)
        {
            return new();
        }

        var spec = new KubeletSpec
        {
            MaxPods = kubelet.Number("maxPods", 1, 1024),
            PodPidsLimit = kubelet.Number("podPidsLimit", 16, 4194304),
            SystemReserved = Amounts(kubelet, "systemReserved", PoolFormats.Resource, PoolFormats.Quantity),
            KubeReserved = Amounts(kubelet, "kubeReserved", PoolFormats.Resource, PoolFormats.Quantity),
            EvictionHard = Thresholds(kubelet),
            ShutdownGracePeriod = kubelet.Duration("shutdownGracePeriod", TimeSpan.FromSeconds(1)),
            ShutdownGracePeriodCriticalPods = kubelet.Duration("shutdownGracePeriodCriticalPods", TimeSpan.FromSeconds(1)),
            ImageGcHighThresholdPercent = kubelet.Number("imageGCHighThresholdPercent", 1, 100),
            ImageGcLowThresholdPercent = kubelet.Number("imageGCLowThresholdPercent", 0, 99),
            ContainerLogMaxSize = kubelet.Text("containerLogMaxSize", PoolFormats.Quantity),
            ContainerLogMaxFiles = kubelet.Number("containerLogMaxFiles", 2, 1000),
        };
        Check(kubelet, spec);
        kubelet.Close();
        return spec;
    }

    private static void Check(FieldReader kubelet, KubeletSpec spec)
    {
        // The other side of each comparison has Kubernetes' default where it is not declared.
        var (total, critical) = (spec.ShutdownGracePeriod ?? TimeSpan.Zero, spec.ShutdownGracePeriodCriticalPods ?? TimeSpan.Zero);
        if (critical > total)
        {
            kubelet.Fail("shutdownGracePeriodCriticalPods", "conflict", Durations.Format(critical), $"at most {Durations.Format(total)}",
                $"{kubelet.Path("shutdownGracePeriodCriticalPods")} is {Durations.Format(critical)}, above shutdownGracePeriod, which is {Durations.Format(total)}");
        }

        var (high, low) = (spec.ImageGcHighThresholdPercent ?? 85, spec.ImageGcLowThresholdPercent ?? 80);
        if (low >= high)
        {
            var field = spec.ImageGcLowThresholdPercent is null ? "imageGCHighThresholdPercent" : "imageGCLowThresholdPercent";
            kubelet.Fail(field, "conflict", $"{(spec.ImageGcLowThresholdPercent is null ? high : low)}", "imageGCLowThresholdPercent below imageGCHighThresholdPercent",
                $"{kubelet.Path("imageGCLowThresholdPercent")} is {low}, not below imageGCHighThresholdPercent, which is {high}");
        }
    }

    private static SortedDictionary<string, string> Thresholds(FieldReader kubelet)
    {
        var declared = Amounts(kubelet, "evictionHard", PoolFormats.Signal, PoolFormats.Threshold);
        foreach (var (signal, value) in declared.Count == 0 ? [] : DefaultThresholds)
        {
            declared.TryAdd(signal, value);
        }

        return declared;
    }

    private static SortedDictionary<string, string> Amounts(FieldReader kubelet, string name, Format key, Format value)
    {
        var amounts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (kubelet.Map(name) is { } map)
        {
            foreach (var entry in map.Names(key))
            {
                if (map.Text(entry, value) is { } amount)
                {
                    amounts[entry] = amount;
                }
            }

            map.Close();
        }

        return amounts;
    }
}
