using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>A node's name with what is bound to it: kept while the Node object or a pod bound to that name exists.</summary>
public sealed class NodeSlot
{
    internal NodeSlot(string name) => Name = name;

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>The Node object; null when there is none (its pods are orphans).</summary>
    public Node? Node { get; private set; }

    /// <summary>Pods bound to it, whatever their state.</summary>
    public IReadOnlyCollection<PodEntry> Pods => PodSet;

    /// <summary>Requests of the pods that occupy it.</summary>
    public Resources Used { get; internal set; }

    /// <summary>What is left for more pods.</summary>
    public Resources Free => (Node?.Allocatable ?? default) - Used;

    internal HashSet<PodEntry> PodSet { get; } = [];

    /// <summary>Taints that keep pods off, the cordon's among them.</summary>
    internal ImmutableArray<Taint> HardTaints { get; private set; } = [];

    internal ImmutableArray<Taint> SoftTaints { get; private set; } = [];

    private string? Zone { get; set; }

    internal void Become(Node? node)
    {
        Node = node;
        Zone = node?.Meta.Labels.GetValueOrDefault(WellKnown.Zone);
        if (node is null)
        {
            return;
        }

        HardTaints = [.. node.Taints.Where(taint => taint.Effect != "PreferNoSchedule")];
        SoftTaints = [.. node.Taints.Where(taint => taint.Effect == "PreferNoSchedule")];
        if (node.Unschedulable && !HardTaints.Any(taint => taint.Key == WellKnown.Unschedulable))
        {
            HardTaints = HardTaints.Add(new Taint(WellKnown.Unschedulable, null, "NoSchedule"));
        }
    }

    internal string? Domain(string topologyKey) => topologyKey switch
    {
        WellKnown.Hostname => Name,
        WellKnown.Zone => Zone,
        _ => Node?.Meta.Labels.GetValueOrDefault(topologyKey),
    };
}
