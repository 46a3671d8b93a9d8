using System.Collections.Frozen;

namespace Fleet.Core.Runs;

/// <summary>The transition table of <see cref="RunPhase"/>; a step that is not in it is a bug.</summary>
public static class RunPhases
{
    /// <summary>From each phase the phases that may follow.</summary>
    public static readonly FrozenDictionary<RunPhase, RunPhase[]> Transitions = new Dictionary<RunPhase, RunPhase[]>
    {
        [RunPhase.Pending] = [RunPhase.Running, RunPhase.Waiting, RunPhase.Paused, RunPhase.Stopped, RunPhase.Succeeded, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Running] = [RunPhase.Waiting, RunPhase.Paused, RunPhase.Stopped, RunPhase.Succeeded, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Waiting] = [RunPhase.Running, RunPhase.Paused, RunPhase.Stopped, RunPhase.Succeeded, RunPhase.Failed, RunPhase.Cancelled],
        [RunPhase.Paused] = [RunPhase.Running, RunPhase.Waiting, RunPhase.Stopped, RunPhase.Cancelled],
        [RunPhase.Stopped] = [RunPhase.Running, RunPhase.Waiting, RunPhase.Paused, RunPhase.Cancelled],
        [RunPhase.Succeeded] = [],
        [RunPhase.Failed] = [],
        [RunPhase.Cancelled] = [],
    }.ToFrozenDictionary();

    /// <summary>Whether nothing follows.</summary>
    public static bool IsFinal(this RunPhase phase) => Transitions[phase].Length == 0;

    /// <summary>Whether the run stands until a person acts.</summary>
    public static bool Stands(this RunPhase phase) => phase is RunPhase.Paused or RunPhase.Stopped;

    /// <summary>The next phase, if the table knows the way.</summary>
    /// <exception cref="InvalidOperationException">The table does not know it.</exception>
    public static RunPhase To(this RunPhase from, RunPhase to) =>
        from == to || Transitions[from].Contains(to) ? to : throw new InvalidOperationException($"a run cannot go from {from} to {to}");
}
