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
    private readonly Dictionary<string, CloudState> _elsewhere = [];

    /// <summary>Makes an empty world.</summary>
    /// <param name="start">The first instant of the world's time.</param>
    /// <param name="seed">Seed of all chance in the world.</param>
    /// <param name="account">Account id of every caller.</param>
    public World(DateTimeOffset start, int seed, string account = "123456789012")
    {
        Timeline = new Timeline(start);
        Clock = new WorldClock(this);
        Chance = new Chance(seed);
        Faults = new FaultPlan();
        Log = new CallLog();
        Calls = new ApiGate(this);
        Cluster = new ClusterState(this);
        Cloud = new CloudState(this) { Account = account };
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

    /// <summary>What places elsewhere hold, by the hook that writes there; hooks without an entry do not exist.</summary>
    public SortedDictionary<string, string> Hooks { get; } = new(StringComparer.Ordinal);

    /// <summary>The account in a region: <see cref="Cloud"/>, or another one, in which there is nothing until something is put there.</summary>
    public CloudState CloudIn(string region)
    {
        if (region == Cloud.Region)
        {
            return Cloud;
        }

        if (!_elsewhere.TryGetValue(region, out var cloud))
        {
            _elsewhere[region] = cloud = new CloudState(this) { Account = Cloud.Account, Region = region, Zones = [region + "a", region + "b", region + "c"] };
        }

        return cloud;
    }
}
