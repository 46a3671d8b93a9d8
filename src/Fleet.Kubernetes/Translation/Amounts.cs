using System.Collections.Immutable;
using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Quantities as amounts that a scheduler counts.</summary>
internal static class Amounts
{
    public static Resources Of(IDictionary<string, ResourceQuantity>? quantities)
    {
        var (cpu, memory, pods) = (0L, 0L, 0L);
        var others = ImmutableSortedDictionary<string, long>.Empty;
        foreach (var (name, quantity) in quantities ?? new Dictionary<string, ResourceQuantity>())
        {
            switch (name)
            {
                case "cpu": cpu = Up(quantity.ToDecimal() * 1000); break;
                case "memory": memory = Up(quantity.ToDecimal()); break;
                case "pods": pods = Up(quantity.ToDecimal()); break;
                default: others = others.SetItem(name, Up(quantity.ToDecimal())); break;
            }
        }

        return new Resources { MilliCpu = cpu, MemoryBytes = memory, Pods = pods, Others = others };
    }

    /// <summary>What a pod asks of a node: its containers and sidecars together, or the greatest moment of its init containers, plus overhead (Pod Overhead; Sidecar Containers).</summary>
    public static Resources Of(V1PodSpec? spec)
    {
        if (spec is null)
        {
            return new Resources { Pods = 1 };
        }

        var sidecars = Resources.None;
        var init = Resources.None;
        foreach (var container in spec.InitContainers ?? [])
        {
            var asked = Of(container.Resources?.Requests);
            sidecars += container.RestartPolicy == "Always" ? asked : Resources.None;
            init = Greatest(init, container.RestartPolicy == "Always" ? sidecars : sidecars + asked);
        }

        var running = (spec.Containers ?? []).Aggregate(sidecars, (sum, container) => sum + Of(container.Resources?.Requests));
        var whole = Greatest(running, init);
        if (spec.Resources?.Requests is { Count: > 0 } named)
        {
            whole = Replaced(whole, Of(named), named);
        }

        return (whole + Of(spec.Overhead)) with { Pods = 1 };
    }

    /// <summary>What is requested for the pod as a whole stands for the sum of its containers.</summary>
    private static Resources Replaced(Resources sum, Resources pod, IDictionary<string, ResourceQuantity> named) => sum with
    {
        MilliCpu = named.ContainsKey("cpu") ? pod.MilliCpu : sum.MilliCpu,
        MemoryBytes = named.ContainsKey("memory") ? pod.MemoryBytes : sum.MemoryBytes,
        Others = sum.Others.SetItems(pod.Others),
    };

    private static Resources Greatest(Resources a, Resources b) => new()
    {
        MilliCpu = Math.Max(a.MilliCpu, b.MilliCpu),
        MemoryBytes = Math.Max(a.MemoryBytes, b.MemoryBytes),
        Others = a.Others.SetItems(b.Others.Where(other => other.Value > a.Others.GetValueOrDefault(other.Key))),
    };

    private static long Up(decimal amount) => amount >= long.MaxValue ? long.MaxValue : (long)Math.Ceiling(amount);
}
