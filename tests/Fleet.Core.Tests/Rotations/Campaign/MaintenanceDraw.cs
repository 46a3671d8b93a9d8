using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Draws windows, exclusions and leave to ignore them into every fourth world, many of them around a change of the clocks. It draws from a source of its own: the other worlds are what they were before.</summary>
internal static class MaintenanceDraw
{
    /// <summary>What can be drawn.</summary>
    public static readonly ImmutableSortedSet<string> All = ["windows", "exclusions", "waiver", "clocks-change"];

    /// <summary>Chosen so that those worlds of <see cref="Mutants"/> that once showed a fault have no windows, and for every safeguard one that shows it has none.</summary>
    private const int Source = 165;

    /// <summary>Zones, each with instants at which its clocks are put forward and back.</summary>
    private static readonly ImmutableArray<(string Zone, DateTimeOffset[] Changes)> Zones =
    [
        ("Europe/Berlin", [Utc(3, 29, 1, 0), Utc(10, 25, 1, 0)]),
        ("America/New_York", [Utc(3, 8, 7, 0), Utc(11, 1, 6, 0)]),
        ("Australia/Lord_Howe", [Utc(10, 3, 15, 30), Utc(4, 4, 15, 0)]),
    ];

    public static RandomWorld Into(RandomWorld world)
    {
        // Spread by Knuth's multiplier: what sources of neighbouring seeds draw first goes up and down together.
        var chance = new Random(unchecked((int)(world.Seed * 2654435761u)) ^ Source);
        if (chance.Next(4) > 0)
        {
            return world;
        }

        var (zone, changes) = Zones[chance.Next(Zones.Length)];
        var names = ImmutableSortedSet.CreateBuilder<string>();
        var start = Rotations.Worlds.Start.AddHours(chance.Next(24));
        if (chance.Next(2) == 0)
        {
            names.Add("clocks-change");
            start = changes[chance.Next(changes.Length)].AddMinutes(-chance.Next(120));
        }

        var local = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
        var spec = new MaintenanceSpec { Zone = zone };
        if (chance.Next(6) > 0)
        {
            names.Add("windows");
            spec = spec with { Windows = [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => Window(chance, local))] };
        }

        if (spec.Windows.IsEmpty || chance.Next(2) == 0)
        {
            names.Add("exclusions");
            var from = DateOnly.FromDateTime(local).AddDays(chance.Next(2));
            spec = spec with { Exclusions = [new MaintenanceExclusion(from, from.AddDays(chance.Next(3)), null)] };
        }

        var waiver = chance.Next(3) == 0 ? new WindowWaiver(start.AddMinutes(chance.Next(10, 240)), "drawn") : null;
        return world with
        {
            Start = start,
            Maintenance = spec,
            OfCluster = chance.Next(3) == 0,
            Waiver = waiver,
            ForceUntil = world.ForceUntil + (start - world.Start),
            Faults = world.Faults.Union(waiver is null ? names : names.Append("waiver")),
        };
    }

    /// <summary>One that opens around the start, and on most other days of the week.</summary>
    private static MaintenanceWindow Window(Random chance, DateTime local)
    {
        var opens = local.AddMinutes(chance.Next(-180, 90));
        opens = opens.AddTicks(-(opens.Ticks % TimeSpan.FromMinutes(5).Ticks));
        var closes = opens.AddMinutes(5 * chance.Next(4, 60));
        ImmutableArray<DayOfWeek> days = [.. Enum.GetValues<DayOfWeek>().Where(day => day == opens.DayOfWeek || chance.Next(3) > 0)];
        return new MaintenanceWindow(days, opens.TimeOfDay, closes.TimeOfDay);
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute) => new(2026, month, day, hour, minute, 0, TimeSpan.Zero);
}
