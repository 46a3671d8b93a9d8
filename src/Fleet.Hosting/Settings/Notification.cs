using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Hosting.Settings;

/// <summary>Whom to tell of which runs.</summary>
public sealed record Notification
{
    /// <summary>Its name in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>How.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Where a webhook takes its POST; null for the others.</summary>
    public Uri? Url { get; init; }

    /// <summary>Name of the secret: what signs a webhook; Slack's whole address, which is a secret itself; null for Events.</summary>
    public string? Secret { get; init; }

    /// <summary>What it tells. Default all.</summary>
    public ImmutableArray<RunEvent> Events { get; init; } = [.. Enum.GetValues<RunEvent>()];

    /// <summary>Of which clusters; empty is all.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Of which pools; empty is all.</summary>
    public ImmutableArray<string> Pools { get; init; } = [];

    /// <summary>Whether it tells these news.</summary>
    public bool Tells(RunNews news)
    {
        ArgumentNullException.ThrowIfNull(news);
        return Events.Contains(news.Event) && (Clusters.IsEmpty || Clusters.Contains(news.Cluster)) && (Pools.IsEmpty || (news.Pool is { } pool && Pools.Contains(pool)));
    }
}
