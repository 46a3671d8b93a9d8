namespace Fleet.Core.Rotations.Planning;

/// <summary>A group's zones: where the surge is, and where something is left to replace.</summary>
internal static class ZoneShares
{
    /// <summary>The shares of a group's zones.</summary>
    public static IReadOnlyList<ZoneShare> Of(Round round, Fleets fleets, string group)
    {
        var members = fleets.Members.Where(member => member.Group.Name == group && round.SlotOf(member.Id) is not { Decrement: true }).ToList();
        var start = round.State.Groups[group].ReadyByZone;
        return [.. round.Group(group)!.Zones.Union(members.Select(member => member.Zone)).Select(zone =>
        {
            var here = members.Where(member => member.Zone == zone).ToList();
            return new ZoneShare(
                zone,
                here.Count,
                here.Count - start.GetValueOrDefault(zone),
                here.Count(member => member.Outdated && !round.State.Quarantined.ContainsKey(member.Id) && round.SlotOf(member.Id) is not { Phase: SlotPhase.Terminating }));
        })];
    }

    /// <summary>
    /// Zones whose last outdated nodes are kept for the end. Launches go to the emptiest zone (Amazon EC2 Auto Scaling, "Distribute instances across Availability Zones"): a zone that gave up its share of the surge
    /// before the others would draw their replacements. So the last nodes of all zones, as many as there is surge in each, go together, and with them the surge.
    /// </summary>
    public static HashSet<(string Group, string Zone)> Held(Round round, Fleets fleets)
    {
        var held = new HashSet<(string, string)>();
        foreach (var group in round.Seen.Groups.Where(group => group.Zones.Length > 1))
        {
            var zones = Of(round, fleets, group.Name);
            if (zones.Any(zone => zone.Left > Math.Max(0, zone.Surplus) && (zone.Surplus > 0 || round.SurgeCap < group.Zones.Length)))
            {
                held.UnionWith(zones.Where(zone => zone.Left > 0 && zone.Left <= zone.Surplus).Select(zone => (group.Name, zone.Zone)));
            }
        }

        return held;
    }

    /// <summary>One zone of a group.</summary>
    /// <param name="Zone">Zone.</param>
    /// <param name="Live">Instances that come or serve there.</param>
    /// <param name="Surplus">How many more than at the start.</param>
    /// <param name="Left">Outdated ones whose end is not decided.</param>
    internal sealed record ZoneShare(string Zone, int Live, int Surplus, int Left);
}
