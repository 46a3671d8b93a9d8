using System.Text.Json.Nodes;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Runs;
using Fleet.Storage;

namespace Fleet.Cli.Images;

/// <summary>One build or promotion of an image on this machine's store: begins a run, or takes up the one that is under way, and drives it.</summary>
/// <param name="call">What is asked for.</param>
/// <param name="store">Where runs are recorded.</param>
internal abstract class ImageDriving(ImageCall call, SqlStore store)
{
    /// <summary>What drives the run.</summary>
    protected abstract IRunKind Kind { get; }

    /// <summary>What a first interrupt brings about.</summary>
    protected abstract string OnCancel { get; }

    /// <summary>What has become of a run that was left, and how it goes on.</summary>
    protected abstract string OnLeave { get; }

    protected CliContext Context => call.Scope.Context;

    private bool Structured => call.Scope.Format(call.Parsed) is OutputFormat.Json or OutputFormat.Yaml;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (call.Key is { } key && await store.FindByKeyAsync(key, Context.Person, cancellationToken).ConfigureAwait(false) is { } first)
        {
            return first.Phase.IsFinal() ? await EndAsync(first.Id, cancellationToken).ConfigureAwait(false) : await TakeUpAsync(first, cancellationToken).ConfigureAwait(false);
        }

        var underWay = await store.ListAsync(Run.NoCluster, call.Pool, unfinishedOnly: true, cancellationToken).ConfigureAwait(false);
        return underWay.MinBy(run => run.Turn) is { } run ? await TakeUpAsync(run, cancellationToken).ConfigureAwait(false) : await BeginAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks, shows the plan, asks, and drives a new run.</summary>
    private async Task<int> BeginAsync(CancellationToken cancellationToken)
    {
        if (!call.Show(await PlanAsync(cancellationToken).ConfigureAwait(false)))
        {
            return ExitCode.Done;
        }

        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        try
        {
            var run = await store.CreateAsync(Prepare() with { Key = call.Key }, cancellationToken).ConfigureAwait(false);
            return await DriveAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (RunUnderWayException quicker)
        {
            // Another process began one between the look at the state file and the consent.
            return await TakeUpAsync(quicker.Run, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks what the run would come to.</summary>
    /// <exception cref="RefusedException">Something speaks against it.</exception>
    protected abstract Task<JsonObject> PlanAsync(CancellationToken cancellationToken);

    /// <summary>The run that was planned, not recorded yet.</summary>
    protected abstract Run Prepare();

    /// <summary>Shows a run that somebody drives; takes up one that nobody drives, or that stands.</summary>
    private async Task<int> TakeUpAsync(Run run, CancellationToken cancellationToken)
    {
        var driver = await DriverAsync(run, cancellationToken).ConfigureAwait(false);
        await Context.Error.WriteLineAsync(driver is not null
            ? $"Run {run.Id} {call.Doing} {run.Pool} already; it is {RunDocument.Name(run.Phase)}, driven by {driver.Owner}."
            : $"Run {run.Id} {call.Doing} {run.Pool}; it is {RunDocument.Name(run.Phase)} and nobody drives it: it goes on from where it stands.").ConfigureAwait(false);
        if (call.Confirmation.IsDryRun(call.Parsed))
        {
            return ExitCode.Done;
        }

        if (driver is not null)
        {
            return await AttachAsync(run, cancellationToken).ConfigureAwait(false);
        }

        var (goAhead, exitCode) = await call.Confirmation.AskAsync(call.Parsed).ConfigureAwait(false);
        if (!goAhead)
        {
            return exitCode;
        }

        if (run.Phase.Stands() && run.Request == RunRequest.None)
        {
            await store.RequestAsync(run.Id, RunRequest.Resume, cancellationToken).ConfigureAwait(false);
        }

        return await DriveAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows a run that another process drives, until it rests or its driver is gone.</summary>
    private async Task<int> AttachAsync(Run run, CancellationToken cancellationToken)
    {
        var orphaned = false;
        await RunDisplays.For(Context, Structured, live: false).ShowAsync(show => new RunFollower(store, Context.Wall).FollowAsync(run.Id, show, async seen =>
        {
            orphaned = !seen.Rests && await DriverAsync(seen, cancellationToken).ConfigureAwait(false) is null;
            return orphaned || seen.Rests;
        }, new TaskCompletionSource().Task, cancellationToken)).ConfigureAwait(false);
        if (!orphaned)
        {
            return await EndAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }

        return await TakeUpAsync((await store.GetAsync(run.Id, cancellationToken).ConfigureAwait(false))!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> DriveAsync(Run run, CancellationToken cancellationToken)
    {
        Context.Interrupts?.TakeNext(() =>
        {
            Context.Error.WriteLine($"Asked to cancel: {OnCancel}. Interrupt again to leave at once.");
            _ = store.RequestAsync(run.Id, RunRequest.Cancel, CancellationToken.None);
        });
        try
        {
            var driving = Kind.DriveAsync(run, cancellationToken);
            await RunDisplays.For(Context, Structured, live: false).ShowAsync(show => new RunFollower(store, Context.Wall).FollowAsync(run.Id, show, _ => Task.FromResult(false), driving, CancellationToken.None)).ConfigureAwait(false);
            await driving.ConfigureAwait(false);
            return await EndAsync(run.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (RunLostException lost)
        {
            // Somebody was quicker; when that driver dies this one goes on.
            await Context.Error.WriteLineAsync(lost.Message).ConfigureAwait(false);
            return await AttachAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Context.Error.WriteLineAsync($"Left run {run.Id}: {OnLeave}").ConfigureAwait(false);
            return ExitCode.Stands;
        }
        catch (CloudRefusedException unusable)
        {
            throw RefusedException.Because($"aws-{unusable.Code}", $"recipe {call.Recipe.Name}", null, null, unusable.Message);
        }
    }

    private async Task<RunLease?> DriverAsync(Run run, CancellationToken cancellationToken) =>
        await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false) is { } lease && lease.Expires > Context.Wall.GetUtcNow() ? lease : null;

    private async Task<int> EndAsync(string runId, CancellationToken cancellationToken)
    {
        var run = (await store.GetAsync(runId, cancellationToken).ConfigureAwait(false))!;
        RunEnd.Write(call.Scope, call.Parsed, run, await store.LedgerAsync(runId, cancellationToken).ConfigureAwait(false));
        return RunDriving.ExitCodeOf(run);
    }
}
