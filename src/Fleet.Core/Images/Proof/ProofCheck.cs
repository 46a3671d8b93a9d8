namespace Fleet.Core.Images.Proof;

/// <summary>One check of an instance from a new image: a script that changes nothing, and the judgement of what it says.</summary>
/// <param name="Name">Name, unique in a proof: lower-case letters, digits and <c>-</c>.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="Script">The script, for bash.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="Judge">Judges the end of the script: a pure function.</param>
public sealed record ProofCheck(string Name, ProofKind Kind, string Script, TimeSpan Timeout, Func<ScriptResult, ProofFinding> Judge);
