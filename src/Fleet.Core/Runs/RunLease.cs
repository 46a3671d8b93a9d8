namespace Fleet.Core.Runs;

/// <summary>Who may drive a run, until when (wall clock), with a number that rises with each change of hands.</summary>
public sealed record RunLease(string RunId, string Owner, DateTimeOffset Expires, long Fencing);
