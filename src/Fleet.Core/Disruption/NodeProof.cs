using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether a new node has proved itself.</summary>
/// <param name="Reason">Why not yet; null when it has.</param>
/// <param name="ProvenAt">When only time is missing: the instant at which it will have.</param>
public sealed record NodeProof(Reason? Reason, DateTimeOffset? ProvenAt = null)
{
    /// <summary>Whether it has.</summary>
    public bool Proven => Reason is null;
}
