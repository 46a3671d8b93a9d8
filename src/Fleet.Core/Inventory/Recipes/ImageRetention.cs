namespace Fleet.Core.Inventory.Recipes;

/// <summary>How long the versions of a recipe are kept that nothing needs any more. What is in use stays whatever this says.</summary>
public sealed record ImageRetention
{
    /// <summary>The newest versions that always stay, of each minor of Kubernetes. Default 3, at least 1.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>How long a version stays after another took its place as the newest stable one, so that pools can go back. Default 14 d.</summary>
    public TimeSpan RollbackWindow { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long an image is deprecated before it is disabled. Default 7 d.</summary>
    public TimeSpan DisableAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long it is disabled before it is deregistered with its snapshots. Default 7 d.</summary>
    public TimeSpan DeregisterAfter { get; init; } = TimeSpan.FromDays(7);
}
