namespace Fleet.Core.Images.Proof;

/// <summary>The judgement of one check.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Output">What the script said on its standard output, for the record; a bill of materials is here.</param>
/// <param name="Errors">And on its standard error.</param>
/// <param name="At">When it was judged.</param>
public sealed record ProofVerdict(string Check, ProofKind Kind, ProofFinding Finding, string Output, string Errors, DateTimeOffset At);
