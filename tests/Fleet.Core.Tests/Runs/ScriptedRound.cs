using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Runs;

/// <summary>A kind of run without a world: what a round comes to is the test's to say, and nothing is waited for.</summary>
/// <param name="decide">The phase after a round.</param>
internal sealed class ScriptedRound(Func<Task<RunPhase>> decide) : IRunRound
{
    /// <summary>Rounds that were planned.</summary>
    public int Planned { get; private set; }

    /// <summary>Whether a round has something to do.</summary>
    public bool Acts { get; init; }

    /// <summary>Rounds that were acted on.</summary>
    public int Acted { get; private set; }

    /// <summary>How often what is held outside was given back.</summary>
    public int Released { get; private set; }

    public async Task<RoundPlan> PlanAsync(Run run, ImmutableArray<LedgerEntry> ledger, CancellationToken cancellationToken)
    {
        Planned++;
        return new RoundPlan
        {
            State = run.State,
            Phase = await decide(),
            Reasons = [],
            Journal = [],
            Ledger = [],
            Handled = run.Request,
            LookAgain = DateTimeOffset.MaxValue,
            Acts = Acts,
        };
    }

    public Task<IReadOnlyList<JournalEntry>> ActAsync(CancellationToken cancellationToken)
    {
        Acted++;
        return Task.FromResult<IReadOnlyList<JournalEntry>>([]);
    }

    public Task WaitAsync(DateTimeOffset until, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ReleaseAsync(Run run, CancellationToken cancellationToken)
    {
        Released++;
        return Task.CompletedTask;
    }
}
