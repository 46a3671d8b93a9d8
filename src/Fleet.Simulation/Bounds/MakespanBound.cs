using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Bounds;

/// <summary>
/// A lower bound of a rotation's makespan, reckoned before the run from what the world has drawn (boot times of the coming launches, stop and ready times of its pods, its budgets) and what the policy demands,
/// by code that does not see the run. A slot is boot + minReady + max(drain, load-balancer wait) + settle + release.
/// </summary>
public sealed record MakespanBound
{
    /// <summary>The bound: the greatest of its terms.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Name of the term that binds.</summary>
    public required string Binding { get; init; }

    /// <summary>All terms, greatest first.</summary>
    public required ImmutableArray<BoundTerm> Terms { get; init; }

    /// <summary>The outdated nodes' own part of their slots.</summary>
    public required ImmutableArray<SlotBound> Slots { get; init; }

    /// <summary>Reckons the bound for a rotation of a world.</summary>
    /// <param name="world">The world before the run.</param>
    /// <param name="spec">What is asked.</param>
    public static MakespanBound Of(World world, RotationSpec spec)
    {
        lock (world.Gate)
        {
            var policy = spec.Pool.Rotation;
            var members = spec.Pool.Groups.Where(world.Cloud.Groups.ContainsKey).SelectMany(world.Cloud.Members).Where(instance => instance.Counts).ToList();
            var outdated = members.Where(instance => IsOutdated(instance, spec.Target)).ToList();
            if (outdated.Count == 0)
            {
                return new MakespanBound { Time = TimeSpan.Zero, Binding = "nothing is outdated", Terms = [], Slots = [] };
            }

            var drains = new DrainBound(world);
            var slots = outdated.Select(instance => SlotOf(world, policy, drains, instance)).ToImmutableArray();
            var (joins, lost) = Joins(world, policy, outdated);
            var width = Math.Max(1, policy.SurgeFor(members.Count) + policy.UnavailableFor(members.Count));
            var terms = WidthTerms(slots, joins, lost, width).Concat(ZoneTerms(world, outdated, slots, joins, spec)).Concat(Serial(drains, slots, joins)).OrderByDescending(term => term.Time).ToImmutableArray();
            return new MakespanBound { Time = terms[0].Time, Binding = terms[0].Name, Terms = terms, Slots = slots };
        }
    }

    private static bool IsOutdated(Instance instance, RotationTarget target) =>
        (target.ImageId is { } image && instance.ImageId != image) || (instance.Group is { } group && target.VersionOf(group) is { } version && instance.TemplateVersion != version);

    private static IEnumerable<BoundTerm> WidthTerms(ImmutableArray<SlotBound> slots, List<TimeSpan> joins, TimeSpan lost, int width)
    {
        var (shortest, longest) = (slots.Min(slot => slot.Total), slots.Max(slot => slot.Total));
        var work = Sum(slots.Select(slot => slot.Total)) + Sum(joins);
        yield return new BoundTerm("slots", (work + lost) / width);
        yield return new BoundTerm("critical path", Greater(joins.Min() + longest, joins.Max() + shortest));
        yield return new BoundTerm("canary and growth", Growth.TimeFor(work + lost, joins[0] + shortest, shortest, joins.Max() + longest, width));
        yield return new BoundTerm("canary", joins[0] + shortest + ((work + lost - joins[0] - shortest) / width));
    }

    /// <summary>
    /// A zone's nodes go no faster than surge comes up in it, and the group spreads its instances evenly (Amazon EC2 Auto Scaling, "Distribute instances across Availability Zones"):
    /// of a group's wanted instances and the whole surge a zone has at most its share, rounded up. With fewer surge instances than zones one zone may be a node short.
    /// </summary>
    private static IEnumerable<BoundTerm> ZoneTerms(World world, List<Instance> outdated, ImmutableArray<SlotBound> slots, List<TimeSpan> joins, RotationSpec spec)
    {
        var nodes = spec.Pool.Groups.Where(world.Cloud.Groups.ContainsKey).Sum(name => world.Cloud.Members(name).Count(instance => instance.Counts));
        var (surge, unavailable) = (spec.Pool.Rotation.SurgeFor(nodes), spec.Pool.Rotation.UnavailableFor(nodes));
        var (shortest, longest) = (slots.Min(slot => slot.Total), slots.Max(slot => slot.Total));
        foreach (var zone in outdated.Zip(slots).GroupBy(pair => (pair.First.Group, pair.First.Zone)))
        {
            var group = world.Cloud.Groups[zone.Key.Group!];
            var most = (group.Desired + surge + group.Zones.Length - 1) / group.Zones.Length;
            var share = most - world.Cloud.Members(group.Name).Count(instance => instance.Counts && instance.Zone == zone.Key.Zone);
            var width = Math.Max(1, share + unavailable + (group.Zones.Length > surge ? 1 : 0));
            if (group.Zones.Length > 1)
            {
                var work = Sum(zone.Select(pair => pair.Second.Total)) + (joins.Min() * zone.Count());
                yield return new BoundTerm($"zone {zone.Key.Zone} of {group.Name}", Growth.TimeFor(work, joins.Min() + shortest, shortest, joins.Max() + longest, width));
            }
        }
    }

    private static IEnumerable<BoundTerm> Serial(DrainBound drains, ImmutableArray<SlotBound> slots, List<TimeSpan> joins) =>
        drains.Serial(slots.Select(slot => slot.Node)).Select(term => term with { Time = joins.Min() + term.Time + slots.Min(slot => slot.Release) });

    private static SlotBound SlotOf(World world, RotationPolicy policy, DrainBound drains, Instance instance)
    {
        var (gone, settled) = drains.Of(instance.PrivateDnsName);
        var over = Greater(gone, policy.LoadBalancerWait);
        return new SlotBound(instance.PrivateDnsName, gone, policy.LoadBalancerWait, Greater(settled - over, TimeSpan.Zero), world.Cloud.ProfileOf(instance).Shutdown + world.Cluster.Timings.NodeRemoval);
    }

    /// <summary>From launch to proven for the launches that will count, in their order, and the time that those lose which never join: each holds its place until the join timeout.</summary>
    private static (List<TimeSpan> Joins, TimeSpan Lost) Joins(World world, RotationPolicy policy, List<Instance> outdated)
    {
        var cloud = world.Cloud;
        var joins = new List<TimeSpan>(outdated.Count);
        var lost = TimeSpan.Zero;
        for (var number = cloud.Launches + 1; joins.Count < outdated.Count; number++)
        {
            if (cloud.NeverBoots.Contains(number) || cloud.NeverReady.Contains(number))
            {
                lost += policy.JoinTimeout;
                continue;
            }

            var profile = cloud.ProfileOf(outdated[joins.Count]);
            joins.Add(profile.LaunchDelay + cloud.BootOf(number, profile) + profile.ReadyDelay + policy.MinReady);
        }

        return (joins, lost);
    }

    private static TimeSpan Greater(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => TimeSpan.FromTicks(times.Sum(time => time.Ticks));
}
