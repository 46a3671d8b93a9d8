namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A core/v1 Event.</summary>
public sealed record ClusterEvent : WorldObject
{
    /// <summary>Kind of the object it is about.</summary>
    public required string InvolvedKind { get; init; }

    /// <summary>The object it is about.</summary>
    public required ObjectKey Involved { get; init; }

    /// <summary>Its uid.</summary>
    public string InvolvedUid { get; init; } = "";

    /// <summary>Normal or Warning.</summary>
    public string Type { get; init; } = "Normal";

    /// <summary>Reason, e.g. FailedScheduling.</summary>
    public required string Reason { get; init; }

    /// <summary>Sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Who reports.</summary>
    public required string Component { get; init; }

    /// <summary>How often it was seen.</summary>
    public int Count { get; init; } = 1;

    /// <summary>First seen.</summary>
    public DateTimeOffset First { get; init; }

    /// <summary>Last seen.</summary>
    public DateTimeOffset Last { get; init; }
}
