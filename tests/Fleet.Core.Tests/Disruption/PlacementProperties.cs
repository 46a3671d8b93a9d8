using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class PlacementProperties
{
    private static readonly string[] Zones = ["a", "b"];

    [Fact]
    public void Every_placement_holds_when_each_rule_is_counted_by_hand() => Chance.ForAll(300, random =>
    {
        var view = Draw(random);
        var staying = view.Nodes.Keys.Where(name => name.StartsWith("new", StringComparison.Ordinal)).ToArray();
        var result = new RoomIndex(new(view, Policy), staying, []).Try("old-1");
        if (!result.Fits)
        {
            result.Reason.ShouldNotBeNull().Value!.ShouldStartWith($"0/{staying.Length} nodes");
            return;
        }

        result.Placements.Select(placement => placement.Pod.Uid).Order().ShouldBe(view.PodsOn("old-1").Select(pod => pod.Uid).Order());
        var moved = result.Placements.Aggregate(view, (after, placement) => after.With(placement.Pod with { Node = placement.Node }));
        foreach (var node in staying.Select(name => view.Nodes[name]))
        {
            var pods = moved.PodsOn(node.Name).ToList();
            pods.Sum(pod => pod.Requests.MilliCpu).ShouldBeLessThanOrEqualTo(node.Allocatable.MilliCpu);
            pods.Count.ShouldBeLessThanOrEqualTo((int)node.Allocatable.Pods);
        }

        foreach (var placement in result.Placements)
        {
            var node = view.Nodes[placement.Node];
            (placement.Pod.VolumeZones?.Contains(node.Zone) ?? true).ShouldBeTrue();
            node.Taints.ShouldAllBe(taint => placement.Pod.Tolerations.Any(toleration => toleration.Tolerates(taint)));
            foreach (var other in moved.Pods.Values.Where(pod => pod.Uid != placement.Pod.Uid))
            {
                Offends(placement.Pod, other, node, view.Nodes[other.Node!]).ShouldBeFalse();
                Offends(other, placement.Pod, view.Nodes[other.Node!], node).ShouldBeFalse();
            }
        }
    });

    [Fact]
    public void A_trial_leaves_no_trace() => Chance.ForAll(150, random =>
    {
        var view = Draw(random);
        string[] all = [.. view.Nodes.Keys];
        var tried = new RoomIndex(new(view, Policy), all, []);
        foreach (var name in all)
        {
            tried.Try(name);
        }

        foreach (var name in all.Order())
        {
            var fresh = new RoomIndex(new(view, Policy), all, []).Try(name);
            tried.Try(name).Placements.ShouldBe(fresh.Placements);
        }
    });

    [Fact]
    public void Pods_that_are_alike_fit_exactly_when_there_are_places_for_them() => Chance.ForAll(150, random =>
    {
        var moving = random.Next(1, 12);
        var rooms = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(0, 5)).ToList();
        object[] objects =
        [
            Owner("cart", moving), Node("old-1"),
            .. rooms.Select((free, i) => Node($"new-{i}", cpu: (free * 100) + random.Next(100))),
            .. Enumerable.Range(0, moving).Select(i => Pod($"p{i}")),
        ];
        new RoomIndex(Round(objects), rooms.Select((_, i) => $"new-{i}"), []).Try("old-1").Fits.ShouldBe(rooms.Sum() >= moving);
    });

    private static bool Offends(Pod pod, Pod other, Node at, Node otherAt) => pod.AntiAffinity.Any(term =>
        term.Selector.Matches(other.Labels) && (term.TopologyKey == "kubernetes.io/hostname" ? at.Name == otherAt.Name : at.Zone == otherAt.Zone));

    private static ClusterView Draw(Random random)
    {
        string[] apps = ["cart", "web", "db"];
        var apart = apps.ToDictionary(app => app, _ => random.Next(4) switch { 0 => "kubernetes.io/hostname", 1 => "topology.kubernetes.io/zone", _ => null });
        var zoned = apps.ToDictionary(app => app, _ => random.Next(3) == 0);
        var nodes = Enumerable.Range(1, random.Next(1, 6)).Select(i => Node($"new-{i}", Zones[random.Next(2)], random.Next(2, 12) * 100) with
        {
            Taints = random.Next(4) == 0 ? [new("dedicated", "x", "NoSchedule")] : [],
        }).Append(Node("old-1", Zones[random.Next(2)])).ToList();
        var pods = Enumerable.Range(0, random.Next(2, 10)).Select(i =>
        {
            var app = apps[random.Next(3)];
            return Pod($"p{i}", "old-1", app) with
            {
                Requests = new() { MilliCpu = random.Next(1, 5) * 100, Pods = 1 },
                AntiAffinity = apart[app] is { } key ? [new(key, App(app))] : [],
                VolumeZones = zoned[app] ? [Zones[random.Next(2)]] : null,
                Tolerations = random.Next(2) == 0 ? [new(null, "Exists", null, null)] : [],
            };
        });

        // Some run already where they may be; a world that breaks a rule beforehand proves nothing.
        var view = View([.. nodes, .. apps.Select(app => Owner(app, 10))]);
        foreach (var pod in pods)
        {
            var node = nodes[random.Next(nodes.Count)];
            var there = pod with { Node = node.Name };
            var legal = view.PodsOn(node.Name).Sum(other => other.Requests.MilliCpu) + pod.Requests.MilliCpu <= node.Allocatable.MilliCpu
                && view.Pods.Values.All(other => !Offends(there, other, node, view.Nodes[other.Node!]) && !Offends(other, there, view.Nodes[other.Node!], node));
            view = view.With(legal ? there : pod);
        }

        return view;
    }
}
