using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>Where a promotion stands; stored with each round.</summary>
public sealed record PromotionState
{
    /// <summary>How far it has come.</summary>
    public PromotionStage Stage { get; init; }

    /// <summary>Whether a person has approved it.</summary>
    public bool Approved { get; init; }

    /// <summary>Since when an instance was seen to run the image at every look; null while none is.</summary>
    public DateTimeOffset? InUseSince { get; init; }

    /// <summary>How it ends without having promoted, once the copies that it made are gone; null while it shall promote.</summary>
    public RunPhase? Ending { get; init; }

    /// <summary>Why it ends so.</summary>
    public ImmutableArray<Reason> Why { get; init; } = [];
}
