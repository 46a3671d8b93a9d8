namespace Fleet.Core.Images.Proof;

/// <summary>One step of a proof: what to record, and when to look again.</summary>
/// <param name="State">To be recorded before the next step.</param>
/// <param name="Again">After how long the next step is due; none when it has ended.</param>
public sealed record ProofStep(ProofState State, TimeSpan Again);
