namespace Fleet.Core.Disruption;

/// <summary>What is free on a node that stays.</summary>
internal sealed class Room
{
    private readonly Dictionary<string, long> others = [];
    private long memory;
    private long pods;

    public Room(int index, Node node, PodSet bound)
    {
        (Index, Node) = (index, node);
        (Cpu, memory, pods) = (node.Allocatable.MilliCpu, node.Allocatable.MemoryBytes, node.Allocatable.Pods);
        foreach (var (name, amount) in node.Allocatable.Others)
        {
            others[name] = amount;
        }

        var requested = bound.Requested;
        if (requested.Pods > 0)
        {
            Change(requested, -1);
        }
    }

    /// <summary>Breaks ties, so that the order is stable.</summary>
    public int Index { get; }

    public Node Node { get; }

    /// <summary>Free thousandths of a core.</summary>
    public long Cpu { get; private set; }

    /// <summary>Whether the scheduler avoids it while others have room.</summary>
    public bool Avoided => Node.Taints.Any(taint => taint.Effect == "PreferNoSchedule");

    /// <summary>Pods that are promised a place here and do not run here yet.</summary>
    public List<Pod> Promised { get; } = [];

    public void Take(Pod pod)
    {
        Change(pod.Requests, -1);
        Promised.Add(pod);
    }

    public void GiveBack(Pod pod)
    {
        Change(pod.Requests, 1);
        Promised.Remove(pod);
    }

    /// <summary>Which resource is short for a pod.</summary>
    public Obstruction Short(Pod pod)
    {
        var wanted = pod.Requests;
        if (PodsOf(wanted) > pods)
        {
            return Obstruction.Pods;
        }

        // A request of nothing fits even where more is in use than is allocatable.
        if (wanted.MilliCpu > Math.Max(0, Cpu))
        {
            return Obstruction.Cpu;
        }

        if (wanted.MemoryBytes > Math.Max(0, memory))
        {
            return Obstruction.Memory;
        }

        foreach (var (name, amount) in wanted.Others)
        {
            if (amount > Math.Max(0, others.GetValueOrDefault(name)))
            {
                return Obstruction.OtherResource;
            }
        }

        return Obstruction.None;
    }

    private static long PodsOf(Resources resources) => Math.Max(1, resources.Pods);

    private void Change(Resources resources, int sign)
    {
        Cpu += sign * resources.MilliCpu;
        memory += sign * resources.MemoryBytes;
        pods += sign * PodsOf(resources);
        foreach (var (name, amount) in resources.Others)
        {
            others[name] = others.GetValueOrDefault(name) + (sign * amount);
        }
    }
}
