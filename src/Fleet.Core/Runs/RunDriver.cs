using System.Collections.Immutable;
using Fleet.Core.Telemetry;

namespace Fleet.Core.Runs;

/// <summary>
/// Drives one run, step by step: observe → decide → record → act. What is recorded goes under the run's version and lease; who has lost either fails there and does nothing.
/// </summary>
/// <param name="store">Where runs are recorded.</param>
/// <param name="round">The run's own rooms.</param>
/// <param name="options">How the run is held.</param>
/// <param name="policyTime">Time of waits and limits.</param>
/// <param name="wallClock">Time of leases.</param>
public sealed class RunDriver(IRunStore store, IRunRound round, DriverOptions options, TimeProvider policyTime, TimeProvider wallClock)
{
    private RunLease? _lease;
    private DateTimeOffset _renewed;
    private ImmutableArray<LedgerEntry> _ledger;

    /// <summary>Makes one step.</summary>
    /// <returns>The run as it stands, and when to look again.</returns>
    /// <exception cref="RunLostException">Somebody else drives the run.</exception>
    public async Task<RunStep> StepAsync(string runId, CancellationToken cancellationToken)
    {
        await HoldAsync(runId, cancellationToken).ConfigureAwait(false);
        var run = await store.GetAsync(runId, cancellationToken).ConfigureAwait(false) ?? throw new RunLostException(runId, "it does not exist");
        if (run.Phase.IsFinal() || (run.Phase.Stands() && run.Request == RunRequest.None))
        {
            await round.ReleaseAsync(run, cancellationToken).ConfigureAwait(false);
            return new RunStep(run, DateTimeOffset.MaxValue);
        }

        if (await store.QueuedBehindAsync(run, cancellationToken).ConfigureAwait(false) is not null)
        {
            return await InQueueAsync(run, cancellationToken).ConfigureAwait(false);
        }

        if (_ledger.IsDefault)
        {
            _ledger = [.. await store.LedgerAsync(runId, cancellationToken).ConfigureAwait(false)];
        }

        return await RoundAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drives until the run ends, stands, or the token asks to leave.</summary>
    /// <returns>The run as it stands.</returns>
    public async Task<Run> DriveAsync(string runId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = await StepAsync(runId, cancellationToken).ConfigureAwait(false);
            if (step.Rests)
            {
                await store.ReleaseLeaseAsync(runId, options.Owner, cancellationToken).ConfigureAwait(false);
                return step.Run;
            }

            // Looked at often enough that the lease is renewed in time, also while nothing happens.
            var soon = policyTime.GetUtcNow() + options.LeaseRenewal;
            var due = step.LookAgain < soon ? step.LookAgain : soon;
            await round.WaitAsync(due, cancellationToken).ConfigureAwait(false);
            if (policyTime.GetUtcNow() - due is var late && late >= TimeSpan.Zero)
            {
                FleetMetrics.RoundDelay.Record(late.TotalSeconds, Labels.Kind(step.Run.Kind));
            }
        }
    }

    private async Task<RunStep> RoundAsync(Run run, CancellationToken cancellationToken)
    {
        var began = wallClock.GetTimestamp();
        var span = FleetActivities.StartRound(run.Id, run.Kind, run.Cluster, run.Pool, run.Origin);
        var changes = true;
        try
        {
            var plan = await round.PlanAsync(run, _ledger, cancellationToken).ConfigureAwait(false);
            changes = Changes(run, plan);
            if (changes)
            {
                run = await CommitAsync(run, plan, cancellationToken).ConfigureAwait(false);
                round.Recorded();
            }

            if (plan.Acts)
            {
                await ActAsync(run.Id, cancellationToken).ConfigureAwait(false);
            }

            if (run.Phase.IsFinal() || run.Phase.Stands())
            {
                await round.ReleaseAsync(run, cancellationToken).ConfigureAwait(false);
            }

            return new RunStep(run, plan.LookAgain);
        }
        catch (Exception failure)
        {
            span.Fail(failure.GetType().Name);
            throw;
        }
        finally
        {
            FleetActivities.EndRound(span, changes);
            FleetMetrics.RoundDuration.Record(wallClock.GetElapsedTime(began).TotalSeconds, Labels.Kind(run.Kind));
        }
    }

    private static bool Changes(Run run, RoundPlan plan) =>
        plan.Acts || plan.State != run.State || plan.Phase != run.Phase || plan.Handled != RunRequest.None
        || !plan.Journal.IsEmpty || !plan.Ledger.IsEmpty || !plan.Reasons.SequenceEqual(run.Reasons);

    /// <summary>A run that waits for its turn does nothing, not even look; cancelled, it ends at once.</summary>
    private async Task<RunStep> InQueueAsync(Run run, CancellationToken cancellationToken)
    {
        var now = policyTime.GetUtcNow();
        if (run.Request != RunRequest.Cancel)
        {
            return new RunStep(run, now + options.LeaseRenewal);
        }

        var plan = new RoundPlan
        {
            State = run.State,
            Phase = run.Phase.To(RunPhase.Cancelled),
            Reasons = [],
            Journal = [new JournalEntry(now, "ended", "run", "cancelled before it began; nothing was changed")],
            Ledger = [],
            Handled = RunRequest.Cancel,
            LookAgain = DateTimeOffset.MaxValue,
            Acts = false,
        };
        return new RunStep(await CommitAsync(run, plan, cancellationToken).ConfigureAwait(false), plan.LookAgain);
    }

    private async Task HoldAsync(string runId, CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        if (_lease is not null && now - _renewed < options.LeaseRenewal)
        {
            return;
        }

        var lease = await store.AcquireLeaseAsync(runId, options.Owner, options.LeaseDuration, now, cancellationToken).ConfigureAwait(false);
        if (lease.Owner != options.Owner)
        {
            throw new RunLostException(runId, $"{lease.Owner} holds it until {lease.Expires:HH:mm:ss}");
        }

        if (_lease is not null && lease.Fencing != _lease.Fencing)
        {
            // It changed hands and came back: what was in memory is of another time.
            _ledger = default;
        }

        _lease = lease;
        _renewed = now;
    }

    private async Task<Run> CommitAsync(Run run, RoundPlan plan, CancellationToken cancellationToken)
    {
        var next = run with { State = plan.State, Phase = plan.Phase, Reasons = plan.Reasons, Updated = policyTime.GetUtcNow() };
        var stored = await store.CommitAsync(
            new RunCommit
            {
                Run = next,
                Fencing = _lease!.Fencing,
                Journal = plan.Phase == run.Phase ? plan.Journal : plan.Journal.Add(new JournalEntry(policyTime.GetUtcNow(), "phase", "run", $"{run.Phase} → {plan.Phase}")),
                Ledger = plan.Ledger,
                HandledRequest = plan.Handled,
                News = RunNews.Of(run, next),
            },
            cancellationToken).ConfigureAwait(false);
        if (stored.Phase != run.Phase && stored.Phase.IsFinal())
        {
            FleetMetrics.RunsEnded.Add(1, new("kind", run.Kind), new("cluster", run.Cluster), new("phase", Labels.Name(stored.Phase)));
        }

        foreach (var entry in plan.Ledger)
        {
            var known = _ledger.FirstOrDefault(other => other.Kind == entry.Kind && other.Subject == entry.Subject);
            _ledger = known is null ? _ledger.Add(entry) : _ledger.Replace(known, entry);
        }

        return stored;
    }

    private async Task ActAsync(string runId, CancellationToken cancellationToken)
    {
        // No call outlives the lease under which it was decided. A store that was slow, or a process that stood still, may have used it up: another looks again.
        var left = _lease!.Expires - wallClock.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            throw new RunLostException(runId, $"the lease of {options.Owner} ended before what was decided could be done");
        }

        using var limit = new CancellationTokenSource(left, wallClock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var answers = await round.ActAsync(both.Token).ConfigureAwait(false);
        if (answers.Count > 0)
        {
            await store.AppendAsync(runId, _lease.Fencing, answers, cancellationToken).ConfigureAwait(false);
        }
    }
}
