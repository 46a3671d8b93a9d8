using System.CommandLine;

namespace Fleet.Cli.Images;

/// <summary>One call of <c>fleet images gc</c>.</summary>
/// <param name="Scope">Surroundings.</param>
/// <param name="Parsed">The command line.</param>
/// <param name="Flags">Its options.</param>
/// <param name="Confirmation">Its question.</param>
internal sealed record SweepCall(Scope Scope, ParseResult Parsed, SweepFlags Flags, Confirmation Confirmation)
{
    /// <summary>Whether something shall be done, after the question.</summary>
    public bool Applies => Flags.Applies(Parsed) && !Confirmation.IsDryRun(Parsed);
}
