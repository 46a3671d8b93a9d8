using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;

namespace Fleet.Simulation;

/// <summary>
/// One simulated account and cluster on a virtual clock: deterministic for a seed. All access, reads included, happens under <see cref="Gate"/>;
/// the timeline is advanced either by a rehearsal (jumping from event to event) or by the sandbox (following the wall clock at a speed).
/// </summary>
public sealed class World
{
    /// <summary>Makes an empty world.</summary>
    /// <param name="start">The first instant of the world's time.</param>
    /// <param name="seed">Seed of all chance in the world.</param>
    public World(DateTimeOffset start, int seed)
    {
        Timeline = new Timeline(start);
        Clock = new WorldClock(this);
        Chance = new Chance(seed);
        Faults = new FaultPlan();
        Log = new CallLog();
        Calls = new ApiGate(this);
        Cluster = new ClusterState(this);
        Cloud = new CloudState(this);
        Cluster.ControlPlane.Nodes.Watch(Cloud);
    }

    /// <summary>The lock that guards everything in the world.</summary>
    public object Gate { get; } = new();

    /// <summary>What happens when.</summary>
    public Timeline Timeline { get; }

    /// <summary>The world's time as a time provider.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The present instant of the world.</summary>
    public DateTimeOffset Now => Timeline.Now;

    /// <summary>All chance in the world.</summary>
    public Chance Chance { get; }

    /// <summary>What goes wrong, and when.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Every call made on the world, with caller, verb, object and answer.</summary>
    public CallLog Log { get; }

    /// <summary>The gate that every API verb passes: faults, denials and the log.</summary>
    public ApiGate Calls { get; }

    /// <summary>The Kubernetes half.</summary>
    public ClusterState Cluster { get; }

    /// <summary>The AWS half.</summary>
    public CloudState Cloud { get; }
}
