using FsCheck;
using FsCheck.Fluent;

namespace Fleet.Core.Tests.Disruption;

/// <summary>Properties over seeds; FLEET_CAMPAIGN multiplies how many are tried.</summary>
internal static class Chance
{
    public static void ForAll(int tries, Action<Random> property)
    {
        var factor = int.TryParse(Environment.GetEnvironmentVariable("FLEET_CAMPAIGN"), out var given) ? given : 1;
        var config = Config.QuickThrowOnFailure.WithMaxTest(tries * factor).WithReplay(20260301, 7);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => property(new Random(seed))).Check(config);
    }
}
