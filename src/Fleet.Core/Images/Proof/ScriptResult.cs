namespace Fleet.Core.Images.Proof;

/// <summary>What has become of a script.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 where it has none.</param>
/// <param name="Output">Its standard output: the first 24,000 characters.</param>
/// <param name="Errors">Its standard error: the first 8,000 characters.</param>
public sealed record ScriptResult(ScriptEnd End, int ExitCode, string Output, string Errors);
