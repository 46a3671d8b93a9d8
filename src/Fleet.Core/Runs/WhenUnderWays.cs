namespace Fleet.Core.Runs;

/// <summary>How orders write <see cref="WhenUnderWay"/>.</summary>
public static class WhenUnderWays
{
    /// <summary>The names, with what they mean.</summary>
    public static IReadOnlyDictionary<string, WhenUnderWay> Names { get; } = new Dictionary<string, WhenUnderWay>
    {
        ["refuse"] = WhenUnderWay.Refuse,
        ["queue"] = WhenUnderWay.Queue,
        ["supersede"] = WhenUnderWay.Supersede,
    };
}
