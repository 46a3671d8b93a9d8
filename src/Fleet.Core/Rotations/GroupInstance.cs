namespace Fleet.Core.Rotations;

/// <summary>An instance of a group as Auto Scaling tells it.</summary>
public sealed record GroupInstance
{
    /// <summary>Id, <c>i-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Lifecycle state as AWS writes it (<c>InService</c>, <c>Terminating:Wait</c> …); an unknown one is neither capacity nor a target.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>Whether scale-in spares it.</summary>
    public bool Protected { get; init; }

    /// <summary>Template it was launched from; null when from none.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Version of that template as a number; null when unknown.</summary>
    public long? TemplateVersion { get; init; }

    /// <summary>Instance type.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Whether it serves.</summary>
    public bool InService => Lifecycle == "InService";

    /// <summary>Whether it is on its way up.</summary>
    public bool Pending => Lifecycle.StartsWith("Pending", StringComparison.Ordinal);

    /// <summary>Whether it is on its way down or gone.</summary>
    public bool Leaving => Lifecycle.StartsWith("Terminat", StringComparison.Ordinal) || Lifecycle.StartsWith("Detach", StringComparison.Ordinal);
}
