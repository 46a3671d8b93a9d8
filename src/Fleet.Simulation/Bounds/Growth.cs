namespace Fleet.Simulation.Bounds;

/// <summary>The time that an amount of work takes when the width begins at one, becomes two after the first slot, and doubles with every slot that closes, up to a cap.</summary>
internal static class Growth
{
    /// <summary>Reckons it for slots that close as early as they can; while the width grows the boots of those to come go on beside them.</summary>
    /// <param name="work">Sum of all slots.</param>
    /// <param name="canary">The first slot; no other is open beside it.</param>
    /// <param name="shortest">No later slot is shorter, its boot left out.</param>
    /// <param name="longest">No slot is longer: the most work that one can take off.</param>
    /// <param name="cap">Greatest width.</param>
    public static TimeSpan TimeFor(TimeSpan work, TimeSpan canary, TimeSpan shortest, TimeSpan longest, int cap)
    {
        var (time, left, width) = (canary, work - canary, 2L);
        while (left > TimeSpan.Zero && width < cap && shortest > TimeSpan.Zero)
        {
            var most = longest * width;
            var share = left < most ? left : most;
            time += shortest * (share / most);
            left -= share;
            width = Math.Min(cap, width << (int)Math.Min(width, 32));
        }

        return left > TimeSpan.Zero ? time + (left / Math.Min(width, cap)) : time;
    }
}
