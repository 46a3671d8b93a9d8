using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds;

/// <summary>What a round of an image build sees. What its stage does not need is not looked at.</summary>
public sealed record BuildObservation
{
    /// <summary>What the recipe comes to now; null while that is not known yet, or not asked.</summary>
    public BuildResolution? Resolution { get; init; }

    /// <summary>Fleet's record of the version; null where there is none.</summary>
    public ImageRecord? Record { get; init; }

    /// <summary>The account's image of the name; null where there is none.</summary>
    public FoundImage? Image { get; init; }

    /// <summary>What the run's builds left beside images.</summary>
    public BuildLeftovers Leftovers { get; init; } = BuildLeftovers.None;

    /// <summary>Whether the builder is at work in this process, or has just ended.</summary>
    public bool Started { get; init; }

    /// <summary>What came of it; null while it works, or was not started here.</summary>
    public BuildResult? Result { get; init; }

    /// <summary>What it said since the last round.</summary>
    public ImmutableArray<BuildLine> Heard { get; init; } = [];

    /// <summary>Whether the template's folder has changed since the image's source was found.</summary>
    public bool TemplateChanged { get; init; }

    /// <summary>Whether the image was made to ask for tokens, as far as this process knows.</summary>
    public bool RequiresTokens { get; init; }

    /// <summary>The instance that was launched to prove the image; null where this process knows none.</summary>
    public string? Launched { get; init; }

    /// <summary>The proof's step that was made since the last round; null where none was.</summary>
    public ProofStep? Proof { get; init; }

    /// <summary>Why the last actions failed; empty where they did not.</summary>
    public ImmutableArray<BuildFailure> Failures { get; init; } = [];
}
