namespace Fleet.Core.Disruption;

/// <summary>An eviction's answer.</summary>
/// <param name="Outcome">What it means.</param>
/// <param name="Message">The server's message.</param>
/// <param name="RetryAfter">The server's hint; null when it gave none.</param>
public sealed record EvictionAnswer(EvictionOutcome Outcome, string Message = "", TimeSpan? RetryAfter = null);
