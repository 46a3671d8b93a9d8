using System.Collections.Immutable;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Draws what goes wrong in a world, from within and from outside.</summary>
internal sealed class FaultDraw(Random chance, int aside, ImmutableArray<string> zones, ImmutableArray<GroupSpec> groups, ImmutableArray<WorkloadSpec> workloads, ImmutableArray<BudgetSpec> budgets)
{
    /// <summary>Every fault that can be drawn.</summary>
    public static readonly ImmutableSortedSet<string> All =
    [
        "never-boots", "never-ready", "broken-image", "unready-pod", "throttles", "server-errors", "timeout-after-success", "timeout-before", "denied", "capacity-refused",
        "desired-changed", "max-changed", "foreign-cordon", "foreign-taint", "foreign-marks", "foreign-eviction", "budget-tightened", "node-not-ready", "pause", "cancel", "crash",
        "bare-pod", "empty-dir", "do-not-disrupt", "startup-taint", "force", "absence", "slow-detach", "cut-late", "meddled-desired", "meddled-max", "reused-name",
    ];

    private static readonly string[] Verbs =
        ["TerminateInstanceInAutoScalingGroup", "SetDesiredCapacity", "UpdateAutoScalingGroup", "SetInstanceProtection", "CreateLaunchTemplateVersion", "SuspendProcesses", "ResumeProcesses", "create pods/eviction", "patch nodes"];

    private readonly List<(TimeSpan At, string What, Action<Stage> Do)> _events = [];

    /// <summary>A source of its own, so that what is drawn from it moves nothing else.</summary>
    private readonly Random _aside = new(aside);

    public ImmutableSortedSet<string> Names { get; private set; } = [];

    public ImageSpec Image(ImageSpec image) => Drawn("broken-image", 12) ? image with { NeverReady = true } : image;

    /// <summary>The workloads, with pods among them that a drain must not lose silently.</summary>
    public ImmutableArray<WorkloadSpec> Workloads()
    {
        var drawn = workloads;
        if (Drawn("empty-dir", 5))
        {
            drawn = drawn.SetItem(0, drawn[0] with { EmptyDir = true });
        }

        if (Drawn("do-not-disrupt", 12))
        {
            drawn = drawn.SetItem(0, drawn[0] with { Annotations = drawn[0].Annotations.Add("karpenter.sh/do-not-disrupt", "true") });
        }

        return Drawn("bare-pod", 8)
            ? drawn.Add(new WorkloadSpec { Kind = WorkloadKind.Pod, Name = "bare", MilliCpu = 100, Run = chance.Next(3) > 0 ? TimeSpan.FromMinutes(chance.Next(2, 40)) : null })
            : drawn;
    }

    /// <summary>Taints that a new node bears until it is Ready.</summary>
    public ImmutableArray<Taint> StartupTaints() => Drawn("startup-taint", 4) ? [new Taint("node.cilium.io/agent-not-ready", "true", "NoSchedule")] : [];

    /// <summary>Until when the run may delete pods past their budgets.</summary>
    public DateTimeOffset? Force() => Drawn("force", 12) ? Core.Tests.Rotations.Worlds.Start + TimeSpan.FromHours(3) : null;

    public FaultSpec Spec() => new()
    {
        NeverBoots = Drawn("never-boots", 6) ? [chance.Next(1, 4)] : [],
        NeverReady = Drawn("never-ready", 6) ? [chance.Next(1, 4)] : [],
        Outages = Drawn("capacity-refused", 8) ? [new OutageSpec(zones[chance.Next(zones.Length)], TimeSpan.FromMinutes(chance.Next(0, 20)), TimeSpan.FromMinutes(chance.Next(25, 60)))] : [],
        Unready = Drawn("unready-pod", 5) && workloads.FirstOrDefault(workload => workload.Kind == WorkloadKind.Deployment) is { } hit
            ? [new UnreadySpec("default", hit.Name, chance.Next(hit.Replicas), TimeSpan.FromMinutes(chance.Next(0, 8)), chance.Next(3) == 0 ? null : TimeSpan.FromMinutes(chance.Next(10, 30)))]
            : [],
        Calls = [.. Calls()],
    };

    /// <summary>How long nobody drives after a crash; long enough, at times, for a new node to come up under an old one's name.</summary>
    public TimeSpan Absence(int crash) => crash > 0 && Drawn("absence", 2, _aside) ? TimeSpan.FromSeconds(_aside.Next(120, 600)) : TimeSpan.FromSeconds(20);

    /// <summary>How long a volume takes to be detached, where that is longer than any slot waits for its owners.</summary>
    public TimeSpan? Detach() => workloads.Any(workload => !workload.Claims.IsEmpty) && Drawn("slow-detach", 3, _aside) ? TimeSpan.FromMinutes(_aside.Next(11, 18)) : null;

    /// <summary>Whether another wants fewer instances at the very end.</summary>
    public bool CutLate() => Drawn("cut-late", 8, _aside);

    /// <summary>By how much another raises desired between Fleet's look and its write.</summary>
    public int MeddledDesired() => Drawn("meddled-desired", 8, _aside) ? _aside.Next(1, 4) : 0;

    /// <summary>Whether another raises max between Fleet's look and its write.</summary>
    public bool MeddledMax() => groups.Any(group => group.Max == group.Desired) && Drawn("meddled-max", 4, _aside);

    /// <summary>The termination after which nobody drives for so long that a new node comes up under the name of the one that went; 0 for none.</summary>
    public int ReusedName() => Drawn("reused-name", 8, _aside) ? _aside.Next(1, 4) : 0;

    public int Crash() => Drawn("crash", 4) ? chance.Next(1, 500) : 0;

    public ImmutableArray<(TimeSpan At, string What, Action<Stage> Do)> Events()
    {
        var group = groups[chance.Next(groups.Length)].Name;
        Desired(group);
        Add("max-changed", 10, stage => stage.Account.UpdateAutoScalingGroup(new() { Name = group, Max = stage.World.Cloud.Groups[group].Max + 1 }));
        var pick = chance.Next(100);
        Add("foreign-cordon", 8, stage => Others.Cordon(stage, pick));
        Add("foreign-taint", 8, stage => Others.Taint(stage, pick));
        Add("foreign-marks", 8, stage => Others.Mark(stage, pick));
        Add("foreign-eviction", 6, stage => Others.Evict(stage, pick));
        Add("node-not-ready", 6, stage => Others.Silence(stage, pick, TimeSpan.FromMinutes(12)));
        if (!budgets.IsEmpty)
        {
            Add("budget-tightened", 8, stage => Others.Tighten(stage, pick));
        }

        Add("pause", 8, stage => stage.Rehearsal.Ask(RunRequest.Pause));
        Add("cancel", 8, stage => stage.Rehearsal.Ask(RunRequest.Cancel));
        return [.. _events];
    }

    /// <summary>An autoscaler or a person writes desired, up to three times.</summary>
    private void Desired(string group)
    {
        if (!Drawn("desired-changed", 6))
        {
            return;
        }

        for (var times = chance.Next(1, 4); times > 0; times--)
        {
            var by = chance.Next(2) == 0 ? chance.Next(1, 4) : -chance.Next(1, 3);
            _events.Add((TimeSpan.FromSeconds(chance.Next(1, 1800)), "desired-changed", stage => stage.Account.SetDesiredCapacity(group, stage.World.Cloud.Groups[group].Desired + by)));
        }
    }

    private IEnumerable<CallFaultSpec> Calls()
    {
        if (Drawn("throttles", 5))
        {
            yield return Of(WorldFaultKind.Throttled, chance.Next(2, 20));
        }

        if (Drawn("server-errors", 5))
        {
            yield return Of(WorldFaultKind.ServerError, chance.Next(2, 15));
        }

        if (Drawn("timeout-after-success", 5))
        {
            yield return Of(WorldFaultKind.TimeoutAfterSuccess, chance.Next(2, 15));
        }

        if (Drawn("timeout-before", 6))
        {
            yield return Of(WorldFaultKind.TimeoutBefore, chance.Next(2, 15));
        }

        if (Drawn("denied", 8))
        {
            yield return new CallFaultSpec { Caller = "fleet", Fault = WorldFaultKind.Denied, Verb = Verbs[chance.Next(Verbs.Length)], From = TimeSpan.FromMinutes(chance.Next(0, 15)) };
        }
    }

    private static CallFaultSpec Of(WorldFaultKind kind, int percent) => new() { Caller = "fleet", Fault = kind, Rate = percent / 100.0, Until = TimeSpan.FromHours(2) };

    private void Add(string what, int oneIn, Action<Stage> action)
    {
        if (Drawn(what, oneIn))
        {
            _events.Add((TimeSpan.FromSeconds(chance.Next(1, 1800)), what, action));
        }
    }

    private bool Drawn(string what, int oneIn, Random? source = null)
    {
        if ((source ?? chance).Next(oneIn) > 0)
        {
            return false;
        }

        Names = Names.Add(what);
        return true;
    }
}
