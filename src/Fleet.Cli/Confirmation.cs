using System.CommandLine;

namespace Fleet.Cli;

/// <summary>The options <c>--yes</c> and <c>--dry-run</c> of a command that changes something, and the question that it asks.</summary>
internal sealed class Confirmation(CliContext context)
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Go ahead without asking" };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "End after the plan" };

    public void AddTo(Command command)
    {
        command.Options.Add(_yes);
        command.Options.Add(_dryRun);
    }

    /// <summary>Whether only the plan is wanted.</summary>
    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(_dryRun);

    /// <summary>Whether to go ahead, after the plan has been shown. Where it is not, the second value is the exit code.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="canAnswer">Whether the standard input is free for the answer.</param>
    public async Task<(bool GoAhead, int ExitCode)> AskAsync(ParseResult parsed, bool canAnswer = true)
    {
        if (parsed.GetValue(_dryRun))
        {
            return (false, ExitCode.Done);
        }

        if (parsed.GetValue(_yes))
        {
            return (true, ExitCode.Done);
        }

        if (!context.Interactive || !canAnswer)
        {
            throw RefusedException.Because("no-consent", "--yes", null, "--yes, or a terminal", "there is no terminal to ask on; give --yes to go ahead, or --dry-run to see the plan only");
        }

        await context.Error.WriteAsync("Go ahead? [y/N] ").ConfigureAwait(false);
        await context.Error.FlushAsync().ConfigureAwait(false);
        var answer = await context.Input.ReadLineAsync().ConfigureAwait(false);
        if (answer?.Trim().ToLowerInvariant() is "y" or "yes")
        {
            return (true, ExitCode.Done);
        }

        await context.Error.WriteLineAsync("Nothing was changed.").ConfigureAwait(false);
        return (false, ExitCode.Refused);
    }
}
