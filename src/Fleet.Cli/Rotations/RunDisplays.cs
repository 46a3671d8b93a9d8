using Spectre.Console;

namespace Fleet.Cli.Rotations;

/// <summary>Chooses how a run is shown.</summary>
internal static class RunDisplays
{
    /// <summary>Live on a terminal, lines otherwise; lines on the standard error where the standard output is for one document.</summary>
    public static IRunDisplay For(CliContext context, bool quiet, bool live = true) =>
        quiet ? new PlainDisplay(context.Error)
        : context.Interactive && live ? new LiveDisplay(AnsiConsole.Console)
        : new PlainDisplay(context.Output);
}
