namespace Fleet.Core.Images.Proof;

/// <summary>What has become of a script.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 where it has none.</param>
/// <param name="Output">Its standard output: of a command the first 24,000 characters, of a check's script as much as <see cref="ProofOutput"/> keeps.</param>
/// <param name="Errors">Its standard error: of a command the first 8,000 characters, of a check's script the last as <see cref="ProofOutput"/> keeps them.</param>
/// <param name="Beyond">Bytes of its standard output that are not kept. Default: 0.</param>
public sealed record ScriptResult(ScriptEnd End, int ExitCode, string Output, string Errors, long Beyond = 0);
