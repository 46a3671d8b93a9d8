namespace Fleet.Core.Runs;

/// <summary>One line of a run's journal; its sequence is assigned by the store.</summary>
/// <param name="At">Policy time.</param>
/// <param name="Kind">Stable code, e.g. <c>node-admitted</c>, <c>action</c>, <c>answer</c>, <c>phase</c>.</param>
/// <param name="Subject">The object concerned.</param>
/// <param name="Message">Sentence.</param>
/// <param name="ActionId">The action it belongs to; null for none.</param>
/// <param name="Sequence">Number in the run, from 1; 0 before it is stored.</param>
public sealed record JournalEntry(DateTimeOffset At, string Kind, string Subject, string Message, string? ActionId = null, long Sequence = 0);
