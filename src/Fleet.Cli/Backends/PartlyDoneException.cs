namespace Fleet.Cli.Backends;

/// <summary>Something was done, and then it did not go on; exit code 1.</summary>
internal sealed class PartlyDoneException(string message) : Exception(message);
