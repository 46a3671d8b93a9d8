using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds;

/// <summary>Where the proof of a built image stands; null in the state until an instance is about to be launched.</summary>
public sealed record BuildProving
{
    /// <summary>When the instance was first about to be launched.</summary>
    public required DateTimeOffset Launched { get; init; }

    /// <summary>Id of the instance; null while it is not known.</summary>
    public string? Instance { get; init; }

    /// <summary>Whether EC2 has shown an instance of the run since: what was just launched may not be shown at once.</summary>
    public bool Seen { get; init; }

    /// <summary>The proof; null until the instance is known.</summary>
    public ProofState? State { get; init; }

    /// <summary>When its next step is due.</summary>
    public DateTimeOffset Due { get; init; }

    /// <summary>Since when AWS refuses what the proof needs; null while it does not.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Whether the instance stays, as it was asked for in the case that the proof fails.</summary>
    public bool Kept { get; init; }
}
