using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>Where an image build stands; stored with each round.</summary>
public sealed record BuildState
{
    /// <summary>How far it has come.</summary>
    public BuildStage Stage { get; init; }

    /// <summary>What it is made from; null until that is found.</summary>
    public BuildSource? Source { get; init; }

    /// <summary>How often the builder was started.</summary>
    public int Attempt { get; init; }

    /// <summary>Names of temporary security groups that the run is known to have made.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>Lines of the builder's that are in the journal.</summary>
    public int Lines { get; init; }

    /// <summary>What the builder said last that it does; null before.</summary>
    public string? Step { get; init; }

    /// <summary>Id of the finished image; null until there is one.</summary>
    public string? ImageId { get; init; }

    /// <summary>Whether its instances must ask for tokens.</summary>
    public bool RequiresTokens { get; init; }

    /// <summary>Its proof; null until that begins, and where the recipe names none.</summary>
    public BuildProving? Proving { get; init; }

    /// <summary>How it ends without an image, once what it left is removed; null while it shall make one.</summary>
    public BuildEnding? Ending { get; init; }

    /// <summary>Why it ends so.</summary>
    public ImmutableArray<Reason> Why { get; init; } = [];
}
