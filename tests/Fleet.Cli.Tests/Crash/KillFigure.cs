namespace Fleet.Cli.Tests.Crash;

/// <summary>How a replica died, and what came of it.</summary>
/// <param name="Where">The call at which it died.</param>
/// <param name="TakenOverAfter">How long the world waited for the next one's first write; a figure, no measure of a machine under load. Null before that.</param>
internal sealed record KillFigure(string Where, TimeSpan? TakenOverAfter);
