namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// A group's zones as they will be once everything decided has come about. The group launches in its emptiest zone (Amazon EC2 Auto Scaling, "Distribute instances across Availability Zones"), so a launch is
/// of use only while that zone lacks current instances; one that comes up elsewhere must be drained again, and its pods move twice.
/// </summary>
internal sealed class ZoneShares
{
    private readonly Dictionary<string, Zone> _zones;
    private readonly int _expected;
    private readonly bool _strict;
    private int _launching;

    private ZoneShares(Dictionary<string, Zone> zones, int expected, bool strict)
    {
        _zones = zones;
        _expected = expected;
        _strict = strict;
    }

    private int Live => _zones.Values.Sum(zone => zone.Live);

    /// <summary>The shares of a group's zones.</summary>
    /// <param name="round">The round.</param>
    /// <param name="fleets">The pool's instances.</param>
    /// <param name="group">The group.</param>
    /// <param name="open">A slot whose end is to be decided, so that its instance still counts.</param>
    public static ZoneShares Of(Round round, Fleets fleets, ScalingGroup group, Slot? open = null)
    {
        var state = round.State.Groups[group.Name];
        var slots = round.State.Slots.Where(slot => slot.Group == group.Name).ToList();
        var decided = slots.Where(slot => slot.Number != open?.Number && (slot.Phase == SlotPhase.Terminating || slot.Role == SlotRole.Discard)).Select(slot => slot.InstanceId).ToHashSet();
        var zones = Ends(group, state).ToDictionary(zone => zone.Key, zone => new Zone(0, 0, 0, zone.Value));
        foreach (var member in fleets.Members.Where(member => member.Group.Name == group.Name && !decided.Contains(member.Id)))
        {
            var left = member.Outdated && !round.State.Quarantined.ContainsKey(member.Id);
            var zone = zones.GetValueOrDefault(member.Zone);
            var goes = left && round.SlotOf(member.Id) is not null;
            zones[member.Zone] = zone with { Live = zone.Live + 1, Left = zone.Left + (left ? 1 : 0), Going = zone.Going + (goes ? 1 : 0) };
        }

        var raised = state.Pending is { } pending ? pending.To - pending.From : 0;
        var shares = new ZoneShares(zones, state.Expected + raised - slots.Count(slot => slot is { Decrement: true, Counted: false }), group.Zones.Length <= round.SurgeCap);
        while (shares.Live < shares._expected)
        {
            shares.Launch();
            shares._launching++;
        }

        return shares;
    }

    /// <summary>Whether the group has fewer instances than are decided, so that it launches more by itself.</summary>
    public bool Coming => _launching > 0;

    /// <summary>Zones of all groups whose outdated nodes are kept for the end.</summary>
    public static HashSet<(string Group, string Zone)> Held(Round round, Fleets fleets)
    {
        var held = new HashSet<(string, string)>();
        foreach (var group in round.Seen.Groups.Where(group => group.Zones.Length > 1 && Surges.RaisedIn(round, group.Name) > 0))
        {
            held.UnionWith(Of(round, fleets, group).Held().Select(zone => (group.Name, zone)));
        }

        return held;
    }

    /// <summary>Whether the group would answer the end of an instance with a launch that is of no use: then the surge shrinks instead.</summary>
    /// <param name="zone">The instance's zone.</param>
    /// <param name="outdated">Whether it is outdated.</param>
    public bool ShrinksBy(string zone, bool outdated) => Without(zone, outdated) is var rest && rest.Live < rest._expected && !rest.Launch();

    /// <summary>How many of so many launches would be of use.</summary>
    public int Useful(int launches)
    {
        var zones = new ZoneShares(new(_zones), _expected, _strict);
        var useful = 0;
        while (useful < launches && zones.Launch())
        {
            useful++;
        }

        return useful;
    }

    /// <summary>
    /// Zones whose current instances suffice, with the replacements of those that go already, and with outdated ones left, where the next end would make them as empty as a zone that still needs launches:
    /// those would then be drawn here. So the last nodes of all zones go together.
    /// </summary>
    private IEnumerable<string> Held() =>
        from zone in _zones
        where zone.Value.Left > zone.Value.Going && zone.Value.Current + zone.Value.Going >= zone.Value.Share
        where _zones.Any(other => other.Key != zone.Key && other.Value.Left > 0 && Lacks(other.Value) && zone.Value.Live - 1 <= Level(other.Value))
        select zone.Key;

    /// <summary>How full a zone is when its next launch comes: one that has surge replaces its own nodes, another waits for more surge.</summary>
    private static int Level(Zone zone) => zone.Live > zone.Share ? zone.Live - 1 : zone.Live;

    private static bool Lacks(Zone zone) => zone.Current < zone.Share;

    /// <summary>How many each zone shall have in the end: as at the start where that was even, with what the outside has changed since.</summary>
    private static Dictionary<string, int> Ends(ScalingGroup group, GroupState state)
    {
        var ends = group.Zones.ToDictionary(zone => zone, zone => state.ReadyByZone.GetValueOrDefault(zone));
        if (ends.Values.Max() - ends.Values.Min() > 1)
        {
            ends = group.Zones.ToDictionary(zone => zone, _ => state.Wanted / group.Zones.Length);
        }

        for (var missing = state.Wanted - ends.Values.Sum(); missing != 0; missing -= Math.Sign(missing))
        {
            var zone = missing > 0
                ? ends.Keys.OrderBy(zone => ends[zone]).ThenByDescending(zone => state.ReadyByZone.GetValueOrDefault(zone)).First()
                : ends.Keys.OrderByDescending(zone => ends[zone]).First();
            ends[zone] += Math.Sign(missing);
        }

        return ends;
    }

    private ZoneShares Without(string zone, bool outdated)
    {
        var known = _zones[zone];
        return new ZoneShares(new(_zones) { [zone] = known with { Live = known.Live - 1, Left = known.Left - (outdated ? 1 : 0) } }, _expected, _strict);
    }

    /// <summary>
    /// Lets the group launch one. Where several zones are the emptiest AWS does not say which it takes: hope for one that lacks an instance. What came up in the wrong zone makes up for one that lacks elsewhere only
    /// where a zone may be a node short at the end (fewer surge instances than zones); else the zone gets its own, before its share of the surge is gone.
    /// </summary>
    /// <returns>Whether it is of use.</returns>
    private bool Launch()
    {
        var least = _zones.Values.Min(zone => zone.Live);
        var emptiest = _zones.Where(zone => zone.Value.Live == least).OrderBy(zone => Lacks(zone.Value) ? 0 : 1).First();
        var useful = Lacks(emptiest.Value) && (_strict || _zones.Values.Sum(zone => zone.Current) < _zones.Values.Sum(zone => zone.Share));
        _zones[emptiest.Key] = emptiest.Value with { Live = least + 1 };
        return useful;
    }

    /// <summary>One zone of a group.</summary>
    /// <param name="Live">Instances that come or serve there.</param>
    /// <param name="Left">Outdated ones whose end is not decided.</param>
    /// <param name="Going">Those of them that are on their way out.</param>
    /// <param name="Share">How many it shall have in the end.</param>
    private readonly record struct Zone(int Live, int Left, int Going, int Share)
    {
        /// <summary>Those that stay.</summary>
        public int Current => Live - Left;
    }
}
