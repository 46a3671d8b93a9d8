using Fleet.Core.Runs;

namespace Fleet.Core.Promotions.Orders;

/// <summary>A promotion as a request to the API asks for it.</summary>
public sealed record ImagePromotionOrder
{
    /// <summary>The caller's own key: repeated, it names the first run. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>The version; null: the newest candidate.</summary>
    public string? Version { get; init; }

    /// <summary>Whether the recipe's wait is skipped, see <see cref="PromotionSpec.SkipSoak"/>. Default false.</summary>
    public bool SkipSoak { get; init; }

    /// <summary>What becomes of it when the version is being promoted. Default: it is refused.</summary>
    public WhenUnderWay WhenUnderWay { get; init; }
}
