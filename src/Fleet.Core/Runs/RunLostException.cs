namespace Fleet.Core.Runs;

/// <summary>The run's version or lease has changed hands: the round must do nothing.</summary>
public sealed class RunLostException(string runId, string why) : Exception($"run {runId} is driven by somebody else: {why}");
