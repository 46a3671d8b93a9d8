using System.Security.Cryptography;
using Fleet.Cli.Backends;
using Fleet.Cli.Output;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Images;

/// <summary>One <c>fleet images gc</c> on a server: shows what the server sees, and with <c>--apply</c> orders a run, or attaches to the one that is under way. The server drives it, also when this command has ended.</summary>
internal sealed class SweepOrdering(SweepCall call, ServerBackend backend, ServerClient client)
{
    private CliContext Context => call.Scope.Context;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (format, order) = (call.Scope.Format(call.Parsed), call.Flags.Order(call.Parsed));
        if (call.Applies && call.Flags.Key(call.Parsed) is { } given && await backend.RunAsync(given, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return await FollowAsync(first.Run, cancellationToken).ConfigureAwait(false);
        }

        var verdicts = await backend.VerdictsAsync(call.Flags.Parameters(call.Parsed), cancellationToken).ConfigureAwait(false);
        if (!call.Applies)
        {
            SweepText.Write(Context.Output, format, verdicts);
            return ExitCode.Done;
        }

        // The standard output is for the run.
        SweepText.Write(Context.Error, format is OutputFormat.Wide ? format : OutputFormat.Table, verdicts);
        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        // A key also where none is given: what is sent again after a lost answer must not order twice.
        var key = call.Flags.Key(call.Parsed) ?? $"cli-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        try
        {
            var run = RunReader.Run((await client.SendAsync(HttpMethod.Post, "v1/runs", order, repeatable: true, cancellationToken, ("Idempotency-Key", key)).ConfigureAwait(false)).Document);
            await Context.Error.WriteLineAsync($"Run {run.Id} has begun on {client.Target.Name}.").ConfigureAwait(false);
            return await FollowAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException other) when (other.Errors is [{ Code: "run-under-way" }])
        {
            if ((await backend.RunsAsync(null, Run.AllRecipes, unfinishedOnly: true, cancellationToken).ConfigureAwait(false)).MinBy(run => run.Turn) is not { } underWay)
            {
                throw;
            }

            await Context.Error.WriteLineAsync($"Run {underWay.Id} sweeps the images already on {client.Target.Name}; it is {RunDocument.Name(underWay.Phase)}{(underWay.Rests ? $": 'fleet runs resume {underWay.Id}' lets it go on" : "")}.").ConfigureAwait(false);
            return underWay.Rests ? ExitCode.Stands : await FollowAsync(underWay, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<int> FollowAsync(Run run, CancellationToken cancellationToken) => new OrderedRun(call.Scope, call.Parsed, backend, client).FollowAsync(run, call.Flags.Waits(call.Parsed), cancellationToken);
}
