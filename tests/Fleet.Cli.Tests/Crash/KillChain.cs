using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Fleet.Simulation;
using Fleet.Simulation.Calls;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Kills (SIGKILL) the replica that drives a run, and then the one that took it over, and so on. It stands in the world's gate: the process is dead before the call goes on, so that the point is the same on a slow machine and on a fast one.
/// </summary>
/// <param name="world">Whose gate it stands in.</param>
/// <param name="steps">When each dies.</param>
/// <param name="driver">Who has the run's lease, by its name there.</param>
internal sealed class KillChain(World world, IReadOnlyList<KillStep> steps, Func<string> driver)
{
    private const string Evict = "create pods/eviction";

    private readonly ConcurrentDictionary<int, Process> _replicas = [];
    private readonly TaskCompletionSource[] _deaths = [.. steps.Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    private readonly List<KillFigure> _figures = [];
    private int _writes;
    private string? _answered;
    private string? _dead;
    private long _died;

    /// <summary>Each ends when the replica of its step is dead.</summary>
    public IEnumerable<Task> Deaths => _deaths.Select(death => death.Task);

    /// <summary>What came of the steps so far.</summary>
    public IReadOnlyList<KillFigure> Figures => _figures;

    /// <summary>One that it may kill.</summary>
    public void Aim(Process replica) => _replicas[replica.Id] = replica;

    /// <summary>The rule for the world's fault plan.</summary>
    public WorldFaultKind? On(WorldCall call)
    {
        if (call.Caller != WireStage.Caller)
        {
            return null;
        }

        if (_answered is { } answered)
        {
            _answered = null;
            Kill($"after the answer to {answered}, at {call.Verb} {call.Subject}");
            return WorldFaultKind.TimeoutBefore;
        }

        if (!call.Writes || call.Verb.Contains(" leases", StringComparison.Ordinal) || !IsDriven() || _figures.Count == steps.Count)
        {
            return null;
        }

        var step = steps[_figures.Count];
        _writes++;
        if (step.After is { } after ? _writes != after : !IsInTheMiddleOfADrain(call))
        {
            return null;
        }

        var what = $"{call.Verb} {call.Subject}{(step.After is null ? ", in the middle of a drain" : "")}";
        switch (step.Moment)
        {
            case KillMoment.Before:
                Kill($"before {what}");
                return WorldFaultKind.TimeoutBefore;
            case KillMoment.Applied:
                Kill($"after {what}, and before its answer");
                return WorldFaultKind.TimeoutAfterSuccess;
            default:
                _answered = what;
                return null;
        }
    }

    /// <summary>Whether this write is by one that lives: those that the dead one had sent may still come in.</summary>
    private bool IsDriven()
    {
        if (_dead is null)
        {
            return true;
        }

        if (driver() == _dead)
        {
            return false;
        }

        _figures[^1] = _figures[^1] with { TakenOverAfter = TimeProvider.System.GetElapsedTime(_died) };
        _dead = null;
        return true;
    }

    private bool IsInTheMiddleOfADrain(WorldCall call)
    {
        var pods = world.Cluster.Pods.Objects;
        return call.Verb == Evict && pods.FirstOrDefault(pod => pod.Meta.Key.ToString() == call.Subject)?.NodeName is { } node
            && pods.Any(pod => pod.NodeName == node && pod.IsActive && pod.Meta.Key.ToString() != call.Subject && !pod.Meta.Name.StartsWith("agent-", StringComparison.Ordinal));
    }

    private void Kill(string where)
    {
        // A replica's name ends in its process and its seed.
        _dead = driver();
        var process = _replicas[int.Parse(_dead.Split('-')[^2], CultureInfo.InvariantCulture)];
        process.Kill();
        process.WaitForExit();
        (_died, _writes) = (TimeProvider.System.GetTimestamp(), 0);
        _figures.Add(new KillFigure(where, null));
        _deaths[_figures.Count - 1].SetResult();
    }
}
