namespace Fleet.Simulation.Records;

/// <summary>A broken safety rule.</summary>
/// <param name="At">World time.</param>
/// <param name="Rule">Which rule.</param>
/// <param name="Subject">The object: <c>node NAME</c>, <c>poddisruptionbudget NAMESPACE/NAME</c>, <c>group NAME</c>.</param>
/// <param name="Sentence">What happened.</param>
public sealed record Violation(DateTimeOffset At, SafetyRule Rule, string Subject, string Sentence);
