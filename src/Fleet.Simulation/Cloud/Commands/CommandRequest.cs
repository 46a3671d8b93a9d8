using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud.Commands;

/// <summary>What SendCommand is asked.</summary>
public sealed record CommandRequest
{
    /// <summary>Name or ARN of the document.</summary>
    public required string Document { get; init; }

    /// <summary>Remark, at most 100 characters.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Parameters of the document.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Parameters { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Instances by id; or <see cref="Targets"/>.</summary>
    public ImmutableArray<string> InstanceIds { get; init; } = [];

    /// <summary>Instances by <c>InstanceIds</c> or <c>tag:KEY</c>.</summary>
    public ImmutableArray<AwsFilter> Targets { get; init; } = [];

    /// <summary>How long is tried to deliver it. Default: 1 h.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromHours(1);
}
