namespace Fleet.Simulation;

/// <summary>The world's seeded source of chance. Draws for a subject are independent of the order of events: the same subject always draws the same value.</summary>
public sealed class Chance(int seed)
{
    /// <summary>The seed.</summary>
    public int Seed => seed;

    /// <summary>A source of its own for a subject, e.g. <c>boot/7</c> for the seventh launch.</summary>
    public Random For(string subject) => new(unchecked(seed * 397) ^ StableHash(subject));

    /// <summary>A normal draw for a subject, cut at a least and a greatest value.</summary>
    public TimeSpan Normal(string subject, TimeSpan mean, TimeSpan deviation, TimeSpan least, TimeSpan greatest)
    {
        var random = For(subject);
        var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var drawn = mean + (deviation * gauss);
        return drawn < least ? least : drawn > greatest ? greatest : drawn;
    }

    private static int StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return unchecked((int)hash);
    }
}
