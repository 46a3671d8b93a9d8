using System.Security.Cryptography;
using Fleet.Cli.Backends;
using Fleet.Cli.Contexts;
using Fleet.Cli.Output;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Rotations;

/// <summary>One <c>fleet rotate</c> on a server: orders a run, or attaches to the one that is under way. The server drives it, also when this command has ended.</summary>
internal sealed class Ordering(CliContext context, RotateCall call, ServerBackend backend, ServerClient client)
{
    private bool Structured => call.Scope.Format(call.Parsed) is OutputFormat.Json or OutputFormat.Yaml;

    private bool Waits => call.Flags.Waits(call.Parsed);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        call.Flags.RefuseOwn(call.Parsed);

        // What a time is measured against is the server's to know.
        var wishes = call.Flags.Read(call.Parsed, DateTimeOffset.UnixEpoch);
        if (call.Flags.Key(call.Parsed) is { } key && await backend.RunAsync(key, cancellationToken).ConfigureAwait(false) is { Run: var first } && await IsMineAsync(first, cancellationToken).ConfigureAwait(false))
        {
            Rotating.RefuseOther(first, wishes);
            return await AttachAsync(first, cancellationToken).ConfigureAwait(false);
        }

        return call.Catalogue.RunOn(call.Pool) is { } underWay
            ? await TakeUpAsync(underWay.Id, wishes, cancellationToken).ConfigureAwait(false)
            : await BeginAsync(wishes, comesNext: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the caller ordered the run: keys of different callers are apart, and a look by key may show another one's.</summary>
    private async Task<bool> IsMineAsync(Run run, CancellationToken cancellationToken) =>
        run.StartedBy is null || run.StartedBy == (await Identity.AskAsync(client, cancellationToken).ConfigureAwait(false)).Name;

    /// <summary>Shows the plan, asks, and orders. What comes after a run that is under way is ordered also where nothing is outdated yet: that run is about to change it.</summary>
    private async Task<int> BeginAsync(RotationWishes wishes, bool comesNext, CancellationToken cancellationToken)
    {
        var order = call.Flags.Order(call.Parsed, call.Pool);
        var plan = (await client.SendAsync(HttpMethod.Post, "v1/runs?dryRun=true", order, repeatable: true, cancellationToken).ConfigureAwait(false)).Document["plan"]!.AsObject();
        new PlanShow(call.Scope, call.Parsed, call.Confirmation).Write(plan, wishes.DrainTimeout ?? call.Pool.Rotation.DrainTimeout);
        if (PlanText.IsEmpty(plan) && !comesNext)
        {
            return ExitCode.Done;
        }

        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        // A key also where none is given: what is sent again after a lost answer must not order twice.
        var key = call.Flags.Key(call.Parsed) ?? $"cli-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        try
        {
            var answer = await client.SendAsync(HttpMethod.Post, "v1/runs", order, repeatable: true, cancellationToken, ("Idempotency-Key", key)).ConfigureAwait(false);
            var run = RunReader.Run(answer.Document);
            await context.Error.WriteLineAsync($"Run {run.Id} has begun on {client.Target.Name}.").ConfigureAwait(false);
            return await FollowAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException quicker) when (quicker.Errors is [{ Code: "run-under-way" }])
        {
            // Somebody else began one between the look and the consent.
            var runs = await backend.RunsAsync(call.Pool.Cluster, call.Pool.Name, unfinishedOnly: true, cancellationToken).ConfigureAwait(false);
            if (runs.MinBy(run => run.Turn) is not { } theirs)
            {
                throw;
            }

            return await TakeUpAsync(theirs.Id, wishes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Attaches to a run that is under way; one that stands is asked to go on.</summary>
    private async Task<int> TakeUpAsync(string id, RotationWishes wishes, CancellationToken cancellationToken)
    {
        var run = (await backend.RunAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new FormatException($"the run {id} is gone")).Run;
        if (call.Flags.ComesNext(call.Parsed) && !Rotating.DoesAsAsked(run, wishes))
        {
            await context.Error.WriteLineAsync($"{Title(run)}; what is ordered now comes after it.").ConfigureAwait(false);
            return await BeginAsync(wishes, comesNext: true, cancellationToken).ConfigureAwait(false);
        }

        Rotating.RefuseOther(run, wishes);
        if (!run.Rests || run.Phase.IsFinal())
        {
            return await AttachAsync(run, cancellationToken).ConfigureAwait(false);
        }

        await context.Error.WriteLineAsync($"{Title(run)}: it goes on from where it stands.").ConfigureAwait(false);
        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        await backend.RequestAsync(run, RunRequest.Resume, cancellationToken).ConfigureAwait(false);
        return await FollowAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> AttachAsync(Run run, CancellationToken cancellationToken)
    {
        await context.Error.WriteLineAsync($"{Title(run)}.").ConfigureAwait(false);
        return call.Confirmation.IsDryRun(call.Parsed) ? ExitCode.Done : await FollowAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> FollowAsync(Run run, CancellationToken cancellationToken)
    {
        if (!Waits)
        {
            return await OrderedAsync(run, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await RunDisplays.For(context, Structured, call.Flags.Watches(call.Parsed)).ShowAsync(show => backend.FollowAsync(run.Id, show, cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await context.Error.WriteLineAsync($"Left run {run.Id}; {client.Target.Name} goes on with it. 'fleet runs watch {run.Id}' shows it, 'fleet runs pause {run.Id}' halts it.").ConfigureAwait(false);
            return ExitCode.Stands;
        }

        var (ended, _, ledger) = (await backend.RunAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
        RunEnd.Write(call.Scope, call.Parsed, ended, ledger);
        return RunDriving.ExitCodeOf(ended);
    }

    private async Task<int> OrderedAsync(Run run, CancellationToken cancellationToken)
    {
        if (Structured)
        {
            var (now, lease, ledger) = (await backend.RunAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
            StructuredOutput.Write(context.Output, call.Scope.Format(call.Parsed), RunDocument.Full(now, lease, ledger));
        }
        else
        {
            await context.Output.WriteLineAsync(run.Id).ConfigureAwait(false);
            await context.Error.WriteLineAsync($"'fleet runs watch {run.Id}' shows it; --wait waits for its end.").ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private string Title(Run run) => $"Run {run.Id} to {RotationJson.Read<RotationSpec>(run.Spec).Target} is {RunDocument.Name(run.Phase)} on {client.Target.Name}";
}
