using System.Diagnostics;
using Fleet.Simulation.Calls;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Counts what a process writes to a world (leases apart: how often they are renewed is a matter of time) and kills it at one of these calls. It stands in the world's gate: the process is dead before the call
/// goes on, so that the point is the same on a slow machine and on a fast one.
/// </summary>
/// <param name="at">The number of the call, from 1; 0 kills nobody.</param>
/// <param name="moment">When it dies.</param>
internal sealed class KillPoint(int at, KillMoment moment)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private bool _answered;

    /// <summary>Writes so far.</summary>
    public int Writes { get; private set; }

    /// <summary>The call at which it died.</summary>
    public string? Where { get; private set; }

    /// <summary>Ends when the process has been killed.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Whom it kills.</summary>
    public void Aim(Process process) => _process = process;

    /// <summary>The rule for the world's fault plan.</summary>
    public WorldFaultKind? On(WorldCall call)
    {
        if (call.Caller != WireStage.Caller || Reached.IsCompleted)
        {
            return null;
        }

        if (_answered)
        {
            Kill($"after the answer to {Where}, at {call.Verb} {call.Subject}");
            return WorldFaultKind.TimeoutBefore;
        }

        if (!IsStep(call) || ++Writes != at)
        {
            return null;
        }

        Where = $"{call.Verb} {call.Subject}";
        _answered = moment == KillMoment.Answered;
        switch (moment)
        {
            case KillMoment.Before:
                Kill($"before {Where}");
                return WorldFaultKind.TimeoutBefore;
            case KillMoment.Applied:
                Kill($"after {Where} and before its answer");
                return WorldFaultKind.TimeoutAfterSuccess;
            default:
                return null;
        }
    }

    private static bool IsStep(WorldCall call) => call.Writes && !call.Verb.Contains(" leases", StringComparison.Ordinal);

    private void Kill(string where)
    {
        _process!.Kill();
        _process.WaitForExit();
        Where = where;
        _reached.SetResult();
    }
}
