namespace Fleet.Sandbox.Kubernetes;

/// <summary>What of the API server can be set.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Changes of each resource that a watch can resume from; older ones are answered 410. Default: 16,384.</summary>
    public int WatchHistory { get; init; } = 16_384;

    /// <summary>Wall time between bookmarks on a quiet watch. Default: 10 seconds (a real server sends one about every minute).</summary>
    public TimeSpan BookmarkEvery { get; init; } = TimeSpan.FromSeconds(10);
}
