using System.CommandLine;
using Fleet.Cli.Inventory;
using Fleet.Cli.Output;
using Fleet.Core.Hooks;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Documents;
using Fleet.Hosting.Rotations;
using Fleet.Storage;

namespace Fleet.Cli.Rotations;

/// <summary>One <c>fleet rotate</c>: begins a run, or takes up the one that is under way.</summary>
internal sealed class Rotating
{
    private readonly Scope _scope;
    private readonly ParseResult _parsed;
    private readonly SqlStore _store;
    private readonly Confirmation _confirmation;
    private readonly ConnectionOptions _options;
    private readonly RotationHost _host;

    public Rotating(Scope scope, ParseResult parsed, SqlStore store, TimeProvider policy, Confirmation confirmation, IHooks hooks)
    {
        (_scope, _parsed, _store, _confirmation) = (scope, parsed, store, confirmation);
        var context = scope.Context;
        _options = new ConnectionOptions { Policy = policy, Wall = context.Wall, Seed = context.Seed, Account = context.Account, Hooks = hooks };
        _host = new RotationHost(store, store, store, _options, $"{Environment.MachineName}-{Environment.ProcessId}-{context.Seed:x}");
    }

    private CliContext Context => _scope.Context;

    private bool Structured => _scope.Format(_parsed) is OutputFormat.Json or OutputFormat.Yaml;

    /// <summary>Checks, shows the plan, asks, and drives a new run.</summary>
    public async Task<int> BeginAsync(Catalogue catalogue, NodePoolSpec pool, RotationWishes wishes, string? key, CancellationToken cancellationToken)
    {
        var cluster = catalogue.Cluster(pool.Cluster);
        var connection = Reach.Open(cluster, _options);
        await using (connection.ConfigureAwait(false))
        {
            var found = await _host.CheckAsync(cluster, pool, wishes, connection, cancellationToken).ConfigureAwait(false);
            if (!found.Passed)
            {
                throw new RefusedException([.. found.Problems.Select(Error)]);
            }

            var (spec, plan) = (found.Spec!, found.Plan!);
            new PlanShow(_scope, _parsed, _confirmation).Write(PlanDocument.Of(spec, plan), spec.Pool.Rotation.DrainTimeout);
            if (plan.Nodes.IsEmpty)
            {
                return ExitCode.Done;
            }

            var (goAhead, exitCode) = await _confirmation.AskAsync(_parsed).ConfigureAwait(false);
            if (!goAhead)
            {
                return exitCode;
            }

            await PinAsync(cluster, connection, cancellationToken).ConfigureAwait(false);
            try
            {
                var run = await _store.CreateAsync(_host.Prepare(spec, Context.Person, Context.Person) with { Key = key }, cancellationToken).ConfigureAwait(false);
                return await DriveAsync(run, connection, cancellationToken).ConfigureAwait(false);
            }
            catch (PoolUndeclaredException gone)
            {
                throw RefusedException.Because("unknown-pool", "POOL", $"{pool.Cluster}/{pool.Name}", null, gone.Message);
            }
            catch (RunUnderWayException quicker)
            {
                // Another process began one between the look at the state file and the consent.
                return await TakeUpAsync(quicker.Run, wishes, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Shows a run that somebody drives; takes up one that nobody drives, or that stands.</summary>
    public async Task<int> TakeUpAsync(Run run, RotationWishes wishes, CancellationToken cancellationToken)
    {
        var spec = RotationJson.Read<RotationSpec>(run.Spec);
        RefuseOther(run, wishes);

        var lease = await _store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false);
        var driven = lease is not null && lease.Expires > Context.Wall.GetUtcNow();
        await Context.Error.WriteLineAsync(driven
            ? $"Run {run.Id} to {spec.Target} is {RunDocument.Name(run.Phase)}, driven by {lease!.Owner}."
            : $"Run {run.Id} to {spec.Target} is {RunDocument.Name(run.Phase)} and nobody drives it: it goes on from where it stands.").ConfigureAwait(false);
        if (driven && _confirmation.IsDryRun(_parsed))
        {
            return ExitCode.Done;
        }

        if (!driven)
        {
            var (goAhead, exitCode) = await _confirmation.AskAsync(_parsed).ConfigureAwait(false);
            if (!goAhead)
            {
                return exitCode;
            }
        }

        var connection = Reach.Open(spec.Cluster, _options);
        await using (connection.ConfigureAwait(false))
        {
            if (driven && !await AttachAsync(run, cancellationToken).ConfigureAwait(false))
            {
                return await EndAsync(run.Id, cancellationToken).ConfigureAwait(false);
            }

            if (run.Phase.Stands() && run.Request == RunRequest.None)
            {
                await _store.RequestAsync(run.Id, RunRequest.Resume, cancellationToken).ConfigureAwait(false);
            }

            return await DriveAsync(run, connection, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a run that is under way does what is asked.</summary>
    public static bool DoesAsAsked(Run run, RotationWishes wishes) => !wishes.Against(RotationJson.Read<RotationSpec>(run.Spec)).Any();

    /// <summary>Refuses to take up a run that is under way and does otherwise than asked.</summary>
    /// <exception cref="RefusedException">It does otherwise.</exception>
    public static void RefuseOther(Run run, RotationWishes wishes)
    {
        var against = wishes.Against(RotationJson.Read<RotationSpec>(run.Spec)).ToList();
        if (against.Count > 0)
        {
            throw RefusedException.Because(
                "run-under-way", "CLUSTER/POOL", $"{run.Cluster}/{run.Pool}", null,
                $"run {run.Id} is {RunDocument.Name(run.Phase)} on {run.Cluster}/{run.Pool} and {string.Join(", ", against)}; wait for it, or 'fleet runs cancel {run.Id}' first");
        }
    }

    /// <summary>Shows a run that another process drives.</summary>
    /// <returns>Whether its driver is gone and this process shall drive it.</returns>
    private async Task<bool> AttachAsync(Run run, CancellationToken cancellationToken)
    {
        var orphaned = false;
        var never = new TaskCompletionSource();
        await RunDisplays.For(Context, Structured).ShowAsync(show => new RunFollower(_store, Context.Wall).FollowAsync(run.Id, show, async seen =>
        {
            var lease = await _store.LeaseAsync(seen.Id, cancellationToken).ConfigureAwait(false);
            orphaned = !seen.Rests && (lease is null || lease.Expires <= Context.Wall.GetUtcNow());
            return orphaned || seen.Rests;
        }, never.Task, cancellationToken)).ConfigureAwait(false);
        if (!orphaned)
        {
            return false;
        }

        await Context.Error.WriteLineAsync("Its driver is gone.").ConfigureAwait(false);
        return (await _confirmation.AskAsync(_parsed).ConfigureAwait(false)).GoAhead;
    }

    private async Task<int> DriveAsync(Run run, ClusterConnection connection, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await RunDriving.DriveAsync(Context, _host, _store, connection, run, RunDisplays.For(Context, Structured), cancellationToken).ConfigureAwait(false);
                return await EndAsync(run.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (RunLostException lost)
            {
                // Somebody was quicker; when that driver dies this one goes on.
                await Context.Error.WriteLineAsync(lost.Message).ConfigureAwait(false);
                if (!await AttachAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    return await EndAsync(run.Id, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Context.Error.WriteLineAsync($"Left run {run.Id} as it is; 'fleet rotate {run.Cluster}/{run.Pool}' goes on with it.").ConfigureAwait(false);
                return ExitCode.Stands;
            }
        }
    }

    /// <summary>Says how a run that rests came out.</summary>
    public async Task<int> EndAsync(string runId, CancellationToken cancellationToken)
    {
        var run = (await _store.GetAsync(runId, cancellationToken).ConfigureAwait(false))!;
        RunEnd.Write(_scope, _parsed, run, await _store.LedgerAsync(runId, cancellationToken).ConfigureAwait(false));
        return RunDriving.ExitCodeOf(run);
    }

    /// <summary>A cluster that was not reached at apply is pinned by the first run that changes something in it.</summary>
    private async Task PinAsync(ClusterSpec cluster, ClusterConnection connection, CancellationToken cancellationToken)
    {
        if (cluster.KubeSystemUid is null)
        {
            await _store.PinAsync(cluster.Name, await connection.IdentityAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private static InputError Error(Reason problem) => InputError.Argument(
        problem.Code, problem.Object, problem.Value, problem.Limit, problem.Cure is null ? problem.Sentence : $"{problem.Sentence}; {problem.Cure}");
}
