using System.CommandLine;
using Fleet.Cli.Backends;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Images;

/// <summary>A run of images that was ordered on a server.</summary>
internal sealed class OrderedRun(Scope scope, ParseResult parsed, ServerBackend backend, ServerClient client)
{
    private bool Structured => scope.Format(parsed) is OutputFormat.Json or OutputFormat.Yaml;

    /// <summary>Waits for its end and says how that was, or says its id.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> FollowAsync(Run run, bool waits, CancellationToken cancellationToken)
    {
        var context = scope.Context;
        if (!waits)
        {
            if (Structured)
            {
                var (now, lease, ledger) = (await backend.RunAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
                StructuredOutput.Write(context.Output, scope.Format(parsed), RunDocument.Full(now, lease, ledger));
            }
            else
            {
                await context.Output.WriteLineAsync(run.Id).ConfigureAwait(false);
                await context.Error.WriteLineAsync($"'fleet runs watch {run.Id}' shows it; --wait waits for its end.").ConfigureAwait(false);
            }

            return ExitCode.Done;
        }

        try
        {
            await RunDisplays.For(context, Structured, live: false).ShowAsync(show => backend.FollowAsync(run.Id, show, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await context.Error.WriteLineAsync($"Left run {run.Id}; {client.Target.Name} goes on with it. 'fleet runs watch {run.Id}' shows it, 'fleet runs cancel {run.Id}' gives it up.").ConfigureAwait(false);
            return ExitCode.Stands;
        }

        var (ended, _, undo) = (await backend.RunAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
        RunEnd.Write(scope, parsed, ended, undo);
        return RunDriving.ExitCodeOf(ended);
    }
}
