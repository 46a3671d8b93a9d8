using System.Collections.Immutable;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Draws what goes wrong in a world, from within and from outside.</summary>
internal sealed class FaultDraw(Random chance, ImmutableArray<string> zones, ImmutableArray<GroupSpec> groups, ImmutableArray<WorkloadSpec> workloads, ImmutableArray<BudgetSpec> budgets)
{
    /// <summary>Every fault that can be drawn.</summary>
    public static readonly ImmutableSortedSet<string> All =
    [
        "never-boots", "never-ready", "broken-image", "unready-pod", "throttles", "server-errors", "timeout-after-success", "timeout-before", "denied", "capacity-refused",
        "desired-changed", "max-changed", "foreign-cordon", "foreign-taint", "foreign-eviction", "budget-tightened", "node-not-ready", "pause", "cancel", "crash",
    ];

    private static readonly string[] Verbs =
        ["TerminateInstanceInAutoScalingGroup", "SetDesiredCapacity", "UpdateAutoScalingGroup", "SetInstanceProtection", "CreateLaunchTemplateVersion", "SuspendProcesses", "ResumeProcesses", "create pods/eviction", "patch nodes"];

    private readonly List<(TimeSpan At, string What, Action<Stage> Do)> _events = [];

    public ImmutableSortedSet<string> Names { get; private set; } = [];

    public ImageSpec Image(ImageSpec image) => Drawn("broken-image", 12) ? image with { NeverReady = true } : image;

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

    public int Crash() => Drawn("crash", 4) ? chance.Next(1, 500) : 0;

    public ImmutableArray<(TimeSpan At, string What, Action<Stage> Do)> Events()
    {
        var group = groups[chance.Next(groups.Length)].Name;
        var by = chance.Next(2) == 0 ? 1 : -chance.Next(1, 3);
        Add("desired-changed", 6, stage => stage.Account.SetDesiredCapacity(group, stage.World.Cloud.Groups[group].Desired + by));
        Add("max-changed", 10, stage => stage.Account.UpdateAutoScalingGroup(new() { Name = group, Max = stage.World.Cloud.Groups[group].Max + 1 }));
        var pick = chance.Next(100);
        Add("foreign-cordon", 8, stage => Others.Cordon(stage, pick));
        Add("foreign-taint", 8, stage => Others.Taint(stage, pick));
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

    private bool Drawn(string what, int oneIn)
    {
        if (chance.Next(oneIn) > 0)
        {
            return false;
        }

        Names = Names.Add(what);
        return true;
    }
}
