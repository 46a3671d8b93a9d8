using System.Security.Cryptography;
using Fleet.Cli.Backends;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Images;

/// <summary>One build or promotion of an image on a server: orders a run, or attaches to the one that is under way. The server drives it, also when this command has ended.</summary>
internal sealed class ImageOrdering(ImageCall call, ServerBackend backend, ServerClient client)
{
    private CliContext Context => call.Scope.Context;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var order = call.Order();
        var given = call.Key;
        if (given is not null && await backend.RunAsync(given, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return await FollowAsync(first.Run, cancellationToken).ConfigureAwait(false);
        }

        if (!call.ComesNext && await UnderWayAsync(cancellationToken).ConfigureAwait(false) is { } underWay)
        {
            return await AttachAsync(underWay, cancellationToken).ConfigureAwait(false);
        }

        var plan = (await client.SendAsync(HttpMethod.Post, "v1/runs?dryRun=true", order, repeatable: true, cancellationToken).ConfigureAwait(false)).Document["plan"]!.AsObject();
        if (!call.Show(plan))
        {
            return ExitCode.Done;
        }

        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        // A key also where none is given: what is sent again after a lost answer must not order twice.
        var key = given ?? $"cli-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        try
        {
            var run = RunReader.Run((await client.SendAsync(HttpMethod.Post, "v1/runs", order, repeatable: true, cancellationToken, ("Idempotency-Key", key)).ConfigureAwait(false)).Document);
            await Context.Error.WriteLineAsync($"Run {run.Id} has begun on {client.Target.Name}.").ConfigureAwait(false);
            return await FollowAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException quicker) when (quicker.Errors is [{ Code: "run-under-way" }])
        {
            // Somebody else began one between the look and the consent.
            if (await UnderWayAsync(cancellationToken).ConfigureAwait(false) is not { } theirs)
            {
                throw;
            }

            return await AttachAsync(theirs, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Run?> UnderWayAsync(CancellationToken cancellationToken) =>
        (await backend.RunsAsync(null, call.Pool, unfinishedOnly: true, cancellationToken).ConfigureAwait(false)).Where(run => run.Cluster == Run.NoCluster).MinBy(run => run.Turn);

    private async Task<int> AttachAsync(Run run, CancellationToken cancellationToken)
    {
        await Context.Error.WriteLineAsync($"Run {run.Id} {call.Doing} {run.Pool} already on {client.Target.Name}; it is {RunDocument.Name(run.Phase)}{(run.Rests ? $": 'fleet runs resume {run.Id}' lets it go on" : "")}.").ConfigureAwait(false);
        return call.Confirmation.IsDryRun(call.Parsed) ? ExitCode.Done : run.Rests ? ExitCode.Stands : await FollowAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private Task<int> FollowAsync(Run run, CancellationToken cancellationToken) => new OrderedRun(call.Scope, call.Parsed, backend, client).FollowAsync(run, call.Waits, cancellationToken);
}
