using System.Collections.Immutable;

namespace Fleet.Core.Rotations;

/// <summary>What one process remembers between rounds: answers and caches. Losing it costs calls, never safety.</summary>
internal sealed class RotationMemory
{
    /// <summary>Actions whose last try failed.</summary>
    public ImmutableDictionary<string, ActionFailure> Failures { get; set; } = ImmutableDictionary<string, ActionFailure>.Empty;

    /// <summary>Keys of actions that were answered with success.</summary>
    public ImmutableHashSet<string> Answered { get; set; } = [];

    /// <summary>Template versions written for the run.</summary>
    public ImmutableDictionary<string, long> Written { get; set; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>What the hooks' places held when they were last read.</summary>
    public ImmutableDictionary<string, string> Hooks { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Instances of the pool's groups as last read.</summary>
    public ImmutableHashSet<string> Known { get; set; } = [];

    /// <summary>How old the groups may be in the next round.</summary>
    public TimeSpan GroupsMaxAge { get; set; } = TimeSpan.Zero;
}
