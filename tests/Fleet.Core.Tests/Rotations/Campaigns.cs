using System.Collections.Concurrent;
using System.Globalization;

namespace Fleet.Core.Tests.Rotations;

/// <summary>Sizes of the campaigns: a fixed short cut, or what `tests/campaign.sh` asks.</summary>
internal static class Campaigns
{
    public static int Count(string variable, int shortcut) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : shortcut;

    /// <summary>Every n-th of so many points, from the first.</summary>
    public static IEnumerable<int> Points(int all, int stride) => Enumerable.Range(1, all).Where(point => (point - 1) % stride == 0);

    /// <summary>Makes a run for each point, several at a time; what any of them finds fails.</summary>
    public static void Check(IEnumerable<int> points, Func<int, IEnumerable<string>> run)
    {
        var found = new ConcurrentBag<string>();
        Parallel.ForEach(points, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, point =>
        {
            foreach (var what in run(point))
            {
                found.Add(what);
            }
        });
        found.Order(StringComparer.Ordinal).ShouldBeEmpty();
    }
}
