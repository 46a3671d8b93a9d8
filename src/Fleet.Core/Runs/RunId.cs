using System.Globalization;

namespace Fleet.Core.Runs;

/// <summary>Makes ids of runs: time first, so that they sort by time, then chance.</summary>
public static class RunId
{
    /// <summary>A new id, e.g. <c>20261121t020000z-7f3a9c</c>; a DNS label, so that it can be a lease's holder and an annotation's value.</summary>
    public static string New(DateTimeOffset now, Random chance) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd't'HHmmss'z'}-{chance.Next(0x1000000):x6}");
}
