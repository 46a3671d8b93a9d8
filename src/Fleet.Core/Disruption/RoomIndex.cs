using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>
/// Room for pods that move, on the nodes that stay, less what is promised: to pods that wait for a node, and to the pods still on nodes that drain. It is reckoned anew from each view,
/// so that nothing is promised twice and nothing has to be remembered. It belongs to one round and one thread.
/// </summary>
public sealed class RoomIndex
{
    private readonly DrainRound round;
    private readonly HashSet<string> draining;
    private readonly RoomSet rooms = new();
    private readonly Topology topology;

    /// <summary>Reckons the room.</summary>
    /// <param name="round">The round.</param>
    /// <param name="staying">Names of nodes that pods may go to; those that are cordoned, not Ready or draining are left out.</param>
    /// <param name="draining">Names of nodes admitted to their drain, the first one first: their pods are served before others.</param>
    public RoomIndex(DrainRound round, IEnumerable<string> staying, IReadOnlyCollection<string> draining)
    {
        this.round = round;
        this.draining = [.. draining];
        topology = new(round.View, this.draining);
        foreach (var name in staying.Distinct().Order(StringComparer.Ordinal))
        {
            if (!this.draining.Contains(name) && round.View.Nodes.TryGetValue(name, out var node) && node.Schedulable)
            {
                rooms.Add(new(rooms.Count, node, round.View.ByNode.GetValueOrDefault(name, PodSet.Empty)));
            }
        }

        Unplaced = PlaceEach(PromisedPods.Of(round, draining));
    }

    /// <summary>Pods that are promised a place, because they wait for a node or theirs drains, and for which there is none at present.</summary>
    public ImmutableArray<Pod> Unplaced { get; }

    /// <summary>Whether the pods of a node to be drained fit elsewhere, all at once, with those that were promised a place on it; takes nothing.</summary>
    public FitResult Try(string node) => Move(node, keep: false);

    /// <summary>As <see cref="Try"/>, and keeps the places from those that follow in this round; the node itself no longer offers room.</summary>
    public FitResult Take(string node) => Move(node, keep: true);

    private FitResult Move(string name, bool keep)
    {
        if (draining.Contains(name))
        {
            return new();
        }

        var mark = topology.Mark();
        var source = rooms.Remove(name);
        var moving = round.Of(name).Movable.Concat(source?.Promised ?? []).ToList();
        if (round.View.Nodes.TryGetValue(name, out var node))
        {
            moving.ForEach(pod => topology.Change(pod, node, -1));
        }

        var placements = ImmutableArray.CreateBuilder<Placement>(moving.Count);
        FitResult? misfit = null;
        foreach (var pod in InOrder(moving))
        {
            var rules = new PodRules(pod, topology);
            if (Place(pod, rules) is not { } target)
            {
                misfit = new() { Misfit = pod, Reason = NoRoom(pod, rules) };
                break;
            }

            placements.Add(new(pod, target));
        }

        if (keep && misfit is null)
        {
            draining.Add(name);
            return new() { Placements = placements.ToImmutable() };
        }

        foreach (var placement in placements)
        {
            rooms.TakeBack(placement.Pod, placement.Node);
        }

        if (source is not null)
        {
            rooms.Add(source);
        }

        topology.BackTo(mark);
        return misfit ?? new() { Placements = placements.ToImmutable() };
    }

    private ImmutableArray<Pod> PlaceEach(IEnumerable<Pod> promised)
    {
        // Pods of one owner are alike but for their volumes: where one found no place the next need not look.
        var hopeless = new HashSet<string>();
        var unplaced = ImmutableArray.CreateBuilder<Pod>();
        foreach (var pod in promised)
        {
            var kind = pod.VolumeZones is null ? pod.Owner?.Uid : null;
            if (kind is not null && hopeless.Contains(kind))
            {
                unplaced.Add(pod);
            }
            else if (Place(pod, new(pod, topology)) is null)
            {
                unplaced.Add(pod);
                if (kind is not null)
                {
                    hopeless.Add(kind);
                }
            }
        }

        return unplaced.ToImmutable();
    }

    private string? Place(Pod pod, PodRules rules)
    {
        if (rooms.Find(pod, rules) is not { } room)
        {
            return null;
        }

        rooms.Put(pod, room);
        topology.Change(pod, room.Node, 1);
        return room.Node.Name;
    }

    // Those with the fewest places first, then the largest: what is left over is small.
    private static IOrderedEnumerable<Pod> InOrder(IEnumerable<Pod> pods) => pods
        .OrderByDescending(pod => pod.VolumeZones is not null)
        .ThenByDescending(pod => !pod.NodeSelector.IsEmpty || !pod.NodeAffinity.IsEmpty || !pod.AntiAffinity.IsEmpty || !pod.Affinity.IsEmpty || !pod.Spread.IsEmpty)
        .ThenByDescending(pod => pod.Requests.MilliCpu)
        .ThenByDescending(pod => pod.Requests.MemoryBytes)
        .ThenBy(pod => pod.Key, StringComparer.Ordinal);

    private Reason NoRoom(Pod pod, PodRules rules)
    {
        var refusals = string.Join(", ", rooms.Refusals(rules).Select(refusal => $"{refusal.Nodes} {ObstructionWords.Of(refusal.Why)}"));
        var available = $"0/{rooms.Count} nodes are available" + (refusals.Length > 0 ? $": {refusals}" : "");
        return new()
        {
            Code = DisruptionCodes.NoRoom,
            Sentence = $"pod {pod.Key} fits on no node that stays: {available}",
            Object = $"pod {pod.Key}",
            Limit = ObstructionWords.Wish(pod),
            Value = available,
            Cure = pod.VolumeZones is { Count: > 0 } zones
                ? $"wait for a new node in {string.Join(" or ", zones)}, or raise maxSurge"
                : "wait for a new node, or raise maxSurge",
            Node = pod.Node,
        };
    }
}
