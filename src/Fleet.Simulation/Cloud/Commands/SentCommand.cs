using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud.Commands;

/// <summary>A command that was sent.</summary>
public sealed record SentCommand
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of its document.</summary>
    public required string Document { get; init; }

    /// <summary>What the caller remarked.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Parameters of the document.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<string>> Parameters { get; init; }

    /// <summary>Instances that it was addressed to by id.</summary>
    public ImmutableArray<string> InstanceIds { get; init; } = [];

    /// <summary>Or by what they are: key and values.</summary>
    public ImmutableArray<AwsFilter> Targets { get; init; } = [];

    /// <summary>Every instance that it goes to.</summary>
    public required ImmutableArray<string> Addressed { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Requested { get; init; }

    /// <summary>How long is tried to deliver it.</summary>
    public required TimeSpan Delivery { get; init; }

    /// <summary>How long it may run on an instance.</summary>
    public required TimeSpan Execution { get; init; }

    /// <summary>When it has ended on every instance, whatever happens.</summary>
    public DateTimeOffset ExpiresAfter => Requested + Delivery + Execution;

    /// <summary>The script's text.</summary>
    public string Script => string.Join('\n', Parameters["commands"]) + "\n";

    /// <summary>Where the script works; empty for a folder of its own.</summary>
    public string Folder => Parameters.GetValueOrDefault("workingDirectory", [""]) is [var folder, ..] ? folder : "";
}
