namespace Fleet.Simulation.Cloud;

/// <summary>A scaling activity of a group, as DescribeScalingActivities tells it.</summary>
public sealed record ScalingActivity
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Group.</summary>
    public required string Group { get; init; }

    /// <summary>What is done: <c>Launching a new EC2 instance: i-…</c>, <c>Terminating EC2 instance: i-…</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Who wanted it and why.</summary>
    public required string Cause { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it ended; null while under way.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>PreInService, InProgress, Successful, Failed or Cancelled.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>Percent done.</summary>
    public int Progress { get; init; }

    /// <summary>Zone it acts in.</summary>
    public string Zone { get; init; } = "";

    /// <summary>World only: the instance it is about; null when a launch failed.</summary>
    public string? InstanceId { get; init; }
}
