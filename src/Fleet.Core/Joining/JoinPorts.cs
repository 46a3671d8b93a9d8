namespace Fleet.Core.Joining;

/// <summary>What the keeper of a cluster's join token reaches outside.</summary>
public sealed record JoinPorts
{
    /// <summary>The cluster.</summary>
    public required IBootstrapTokens Tokens { get; init; }

    /// <summary>The cluster's account and region.</summary>
    public required IJoinParameters Parameters { get; init; }
}
