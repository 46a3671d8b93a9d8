using System.Collections.Immutable;

namespace Fleet.Core.Images.Proof;

/// <summary>Where a proof stands: what a run keeps of it between its rounds, and everything that the next driver needs to go on.</summary>
public sealed record ProofState
{
    /// <summary>When it began to wait for the instance.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>Where it stands.</summary>
    public ProofPhase Phase { get; init; } = ProofPhase.Waiting;

    /// <summary>Index of the check at hand.</summary>
    public int Check { get; init; }

    /// <summary>When the script of the check at hand was first about to be sent; null where it was not.</summary>
    public DateTimeOffset? Intended { get; init; }

    /// <summary>Id of its command; null while none is known.</summary>
    public string? Command { get; init; }

    /// <summary>When the command became known.</summary>
    public DateTimeOffset? Sent { get; init; }

    /// <summary>What the script of the check at hand said, while it is fetched in pieces; null before and after.</summary>
    public ProofOutput? Output { get; init; }

    /// <summary>What was judged.</summary>
    public ImmutableArray<ProofVerdict> Verdicts { get; init; } = [];

    /// <summary>Whether it has ended.</summary>
    public bool Ended => Phase is ProofPhase.Passed or ProofPhase.Failed or ProofPhase.Cancelled;
}
