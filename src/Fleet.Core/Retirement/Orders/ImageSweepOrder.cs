using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement.Orders;

/// <summary>A sweep as a request to the API asks for it.</summary>
public sealed record ImageSweepOrder
{
    /// <summary>The caller's own key: repeated, it names the first run. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Paths of parameters that hold image ids, beside Fleet's own. Default none.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>What becomes of it when a sweep is under way. Default: it is refused.</summary>
    public WhenUnderWay WhenUnderWay { get; init; }
}
