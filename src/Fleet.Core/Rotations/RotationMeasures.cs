using Fleet.Core.Telemetry;

namespace Fleet.Core.Rotations;

/// <summary>What a recorded round adds to the metrics: read from the state before and after it, so that nothing is counted that was not recorded.</summary>
internal static class RotationMeasures
{
    public static void Count(string cluster, string pool, RotationState before, RotationState after, DateTimeOffset now)
    {
        var labels = Labels.Pool(cluster, pool);
        if (after.Replaced > before.Replaced)
        {
            FleetMetrics.NodesReplaced.Add(after.Replaced - before.Replaced, labels);
        }

        foreach (var (instance, seen) in before.Joining)
        {
            if (after.Proven.Contains(instance) && !before.Proven.Contains(instance))
            {
                FleetMetrics.JoinDuration.Record((now - seen).TotalSeconds, labels);
            }
        }

        foreach (var slot in before.Slots)
        {
            // A slot that is gone was given back, or its instance vanished: neither is the end of a drain.
            var phase = after.Slots.FirstOrDefault(other => other.Number == slot.Number)?.Phase ?? slot.Phase;
            var measure = slot.Phase switch
            {
                SlotPhase.Draining when phase > SlotPhase.Draining => FleetMetrics.DrainDuration,
                SlotPhase.Settling when phase > SlotPhase.Settling => FleetMetrics.SettleDuration,
                _ => null,
            };
            measure?.Record((now - slot.Since).TotalSeconds, labels);
        }
    }
}
