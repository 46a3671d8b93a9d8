namespace Fleet.Simulation.Cloud.Commands;

/// <summary>A command on one of its instances: an immutable record, replaced as a whole on each change.</summary>
public sealed record CommandInvocation
{
    /// <summary>Id of the command.</summary>
    public required string CommandId { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>From when on GetCommandInvocation and the lists know it: they are eventually consistent.</summary>
    public required DateTimeOffset VisibleFrom { get; init; }

    /// <summary>State: one of <see cref="CommandStatus"/>.</summary>
    public string Status { get; init; } = CommandStatus.Pending;

    /// <summary>State in detail.</summary>
    public string Details { get; init; } = CommandStatus.Pending;

    /// <summary>Exit code; -1 while there is none.</summary>
    public int ResponseCode { get; init; } = -1;

    /// <summary>When the instance began.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Standard output, cut as SSM cuts it.</summary>
    public string Output { get; init; } = "";

    /// <summary>Standard error, cut as SSM cuts it.</summary>
    public string Errors { get; init; } = "";

    /// <summary>World only: how often the host has booted because of it (exit code 194).</summary>
    public int Reboots { get; init; }

    /// <summary>The record in another state whose details are its name.</summary>
    public CommandInvocation In(string status, string? details = null) => this with { Status = status, Details = details ?? status };
}
