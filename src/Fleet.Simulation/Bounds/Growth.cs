namespace Fleet.Simulation.Bounds;

/// <summary>The time that an amount of work takes when the width begins at one, becomes two after the first slot, and doubles with every slot that closes, up to a cap.</summary>
internal static class Growth
{
    /// <summary>Reckons it for slots that close as early as they can.</summary>
    /// <param name="work">Sum of all slots.</param>
    /// <param name="canary">The first slot; no other is open beside it.</param>
    /// <param name="shortest">No later slot is shorter.</param>
    /// <param name="cap">Greatest width.</param>
    public static TimeSpan TimeFor(TimeSpan work, TimeSpan canary, TimeSpan shortest, int cap)
    {
        var (time, left, width) = (canary, work - canary, 2L);
        while (left > TimeSpan.Zero && width < cap && shortest > TimeSpan.Zero)
        {
            var share = Math.Min(left.Ticks, width * shortest.Ticks);
            time += TimeSpan.FromTicks(share / width);
            left -= TimeSpan.FromTicks(share);
            width = Math.Min(cap, width << (int)Math.Min(width, 32));
        }

        return left > TimeSpan.Zero ? time + (left / Math.Min(width, cap)) : time;
    }
}
