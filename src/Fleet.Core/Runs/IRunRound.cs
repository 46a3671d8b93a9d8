using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>The four rooms of one kind of run, for one run in one process: observe and decide here, the driver records, then act here.</summary>
public interface IRunRound
{
    /// <summary>Observes the world and decides.</summary>
    Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken);

    /// <summary>What was decided last is recorded: the place to count it, since what could not be recorded did not happen.</summary>
    void Recorded()
    {
    }

    /// <summary>Makes the calls that were decided last and recorded since.</summary>
    /// <returns>Their answers, for the journal.</returns>
    Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken);

    /// <summary>Ends when the world has changed in a way that a round should see, or at an instant of policy time.</summary>
    Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Gives back what was held for the run outside, once it rests or has ended.</summary>
    Task ReleaseAsync(Run run, CancellationToken cancellationToken);
}
