using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The checks that a candidate must pass in this round, with what the candidates before it have already been promised.</summary>
internal sealed class AdmissionDesk
{
    private readonly Round _round;
    private readonly Dictionary<string, int> _readyByZone;
    private readonly ImmutableSortedDictionary<string, int> _floorByZone;
    private readonly int _floor;
    private readonly Fleets _fleets;
    private readonly List<Slot> _draining;
    private readonly bool _someNeedPerson;
    private RoomIndex? _room;
    private Headroom? _headroom;
    private int _ready;

    public AdmissionDesk(Round round, Fleets fleets, bool relaxed = false)
    {
        _round = round;
        _fleets = fleets;
        var serving = fleets.Members.Where(member => Serves(round, member)).ToList();
        _ready = serving.Count;
        _readyByZone = serving.GroupBy(member => member.Zone).ToDictionary(zone => zone.Key, zone => zone.Count());

        var start = round.State.Groups.Values.SelectMany(group => group.ReadyByZone).ToList();
        var atStart = start.Sum(zone => zone.Value);
        var wanted = round.State.Groups.Values.Sum(group => group.Wanted);
        var fewer = Math.Max(0, atStart - wanted);
        _floor = Math.Min(atStart, wanted) - round.UnavailableCap;
        var slack = round.UnavailableCap + fewer + (relaxed ? 1 : 0);
        _floorByZone = start.GroupBy(zone => zone.Key).ToImmutableSortedDictionary(zone => zone.Key, zone => Math.Max(0, zone.Sum(part => part.Value) - slack));

        _draining = round.State.Slots.Where(slot => slot.Node is not null && slot.Phase is SlotPhase.Admitted or SlotPhase.Draining).ToList();
        _someNeedPerson = round.Cluster.Budgets.Values.Any(budget => BudgetMath.NeverAllows(budget) is not null);
    }

    // Both cost what exists, so they are reckoned only once a candidate has passed the floors.
    private Headroom Promised => _headroom ??= new Headroom(_round.Drain, _draining.Select(slot => new AdmittedNode(slot.Node!, slot.HoldsAlone)), _round.Settling.Disrupted(_round.Now));

    private RoomIndex Rooms => _room ??= Room(_round, _fleets, _draining);

    /// <summary>Whether too few ready nodes would stay without a candidate, in the pool or in its zone; null when enough stay.</summary>
    public Reason? Floor(Fleets.Member candidate)
    {
        if (candidate.Node is not { Schedulable: true })
        {
            return null;
        }

        if (_ready - 1 < _floor && _round.Keeps(Safeguard.PoolFloor))
        {
            return PlanReasons.Floor($"pool {_round.Spec.Pool.Name}", _ready, _floor);
        }

        var (ready, floor) = (_readyByZone.GetValueOrDefault(candidate.Zone), _floorByZone.GetValueOrDefault(candidate.Zone));
        return ready - 1 < floor && _round.Keeps(Safeguard.ZoneFloor) ? PlanReasons.Floor($"zone {candidate.Zone}", ready, floor) : null;
    }

    /// <summary>Why a candidate may not go now; empty when it may.</summary>
    public List<Reason> Refuses(Fleets.Member candidate)
    {
        if (candidate.Node is not { } node)
        {
            return [];
        }

        if (Floor(candidate) is { } floor)
        {
            // What no wait cures is told early, so that there is time to cure it.
            return _someNeedPerson && Promised.Check(node.Name) is { NeedsPerson: true } verdict ? [floor, .. verdict.Reasons] : [floor];
        }

        List<Reason> reasons = [.. Promised.Check(node.Name).Reasons];
        if (reasons.Count == 0 && Rooms.Try(node.Name).Reason is { } misfit && _round.Keeps(Safeguard.Room))
        {
            reasons.Add(misfit with { Node = node.Name });
        }

        return reasons;
    }

    /// <summary>Promises a candidate what it needs.</summary>
    /// <returns>What it holds alone.</returns>
    public ImmutableSortedSet<string> Admit(Fleets.Member candidate)
    {
        if (candidate.Node is not { } node)
        {
            return [];
        }

        if (node.Schedulable)
        {
            _ready--;
            _readyByZone[candidate.Zone] = _readyByZone.GetValueOrDefault(candidate.Zone) - 1;
        }

        var holds = Promised.Check(node.Name).HoldsAlone;
        _headroom = Promised.With(new AdmittedNode(node.Name, holds));
        Rooms.Take(node.Name);
        return holds;
    }

    private static bool Serves(Round round, Fleets.Member member) =>
        member is { Node.Schedulable: true, Instance.InService: true }
        && round.SlotOf(member.Id) is null
        && (member.Outdated || round.State.Proven.Contains(member.Id));

    /// <summary>Whether pods may move to an outdated node: where no surge comes before it goes, it does not go at all, or the group is to have fewer nodes.</summary>
    private static bool Stays(Round round, Fleets.Member outdated) => round.SurgeCap == 0 || round.State.Halt == RotationHalt.Cancel || Surges.Excess(outdated.Group) > 0;

    private static RoomIndex Room(Round round, Fleets fleets, List<Slot> draining)
    {
        var members = fleets.Members.Where(member => member.Node is not null).ToDictionary(member => member.Node!.Name);
        var pool = round.State.Slots.Select(slot => slot.Node).OfType<string>().ToHashSet();
        var targets = round.Cluster.Nodes.Values.Where(node => node.Schedulable && !pool.Contains(node.Name)
            && (!members.TryGetValue(node.Name, out var member)
                ? !node.Taints.Contains(FleetMarks.Outdated)
                : round.State.Proven.Contains(member.Id) || (member.Outdated && Stays(round, member))));
        return new RoomIndex(round.Drain, targets.Select(node => node.Name), [.. draining.Select(slot => slot.Node!)]);
    }
}
