using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Worlds;

/// <summary>Arms what a description says will go wrong.</summary>
internal static class FaultMaker
{
    /// <summary>Keeps pods unready; a time that begins at the start begins a little earlier, so that budgets show it from the first instant.</summary>
    public static void KeepUnready(World world, WorldSpec spec, DateTimeOffset start, TimeSpan earlier)
    {
        foreach (var fault in spec.Faults.Unready)
        {
            var pods = world.Cluster.Pods.Objects.Where(pod => pod.Meta.Namespace == fault.Namespace && pod.Template.Labels.GetValueOrDefault("app") == fault.Workload).ToList();
            if (fault.Index >= pods.Count)
            {
                throw new WorldNotSettledException($"faults.unready names pod {fault.Index} of {fault.Namespace}/{fault.Workload}, which has {pods.Count}");
            }

            var uid = pods[fault.Index].Meta.Uid;
            var from = fault.From == TimeSpan.Zero ? start - earlier : start + fault.From;
            world.Cluster.ControlPlane.Faults.KeepUnready(pod => pod.Meta.Uid == uid, from, fault.Until is { } until ? start + until : null);
        }
    }

    /// <summary>Arms all other faults; launches that were made before the start are not counted.</summary>
    public static void Arm(World world, WorldSpec spec, DateTimeOffset start, TimeSpan forever)
    {
        var before = world.Cloud.Launches;
        world.Cloud.NeverBoots.UnionWith(spec.Faults.NeverBoots.Select(launch => before + launch));
        world.Cloud.NeverReady.UnionWith(spec.Faults.NeverReady.Select(launch => before + launch));
        foreach (var outage in spec.Faults.Outages)
        {
            world.Cloud.Outages.Add(new CapacityOutage(outage.Zone, start + outage.From, start + (outage.Until ?? forever)));
        }

        for (var index = 0; index < spec.Faults.Calls.Length; index++)
        {
            world.Faults.Add(RuleOf(world, spec.Faults.Calls[index], start, world.Chance.For($"fault/{index}")));
        }
    }

    private static Func<WorldCall, WorldFaultKind?> RuleOf(World world, CallFaultSpec fault, DateTimeOffset start, Random chance)
    {
        var left = fault.Times ?? int.MaxValue;
        return call =>
        {
            var meant = (fault.Verb is null || fault.Verb == call.Verb)
                && (fault.Api is null || fault.Api == call.Api)
                && (fault.Caller is null || fault.Caller == call.Caller)
                && world.Now >= start + fault.From
                && (fault.Until is not { } until || world.Now < start + until);
            return meant && left > 0 && chance.NextDouble() < fault.Rate && left-- > 0 ? fault.Fault : null;
        };
    }
}
