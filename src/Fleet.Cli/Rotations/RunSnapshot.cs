using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>A run as it is stored, for a display.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">A rotation's state; null for a run of another kind.</param>
/// <param name="Fresh">Journal lines since the snapshot before.</param>
internal sealed record RunSnapshot(Run Run, RotationState? State, IReadOnlyList<JournalEntry> Fresh)
{
    public static RunSnapshot Of(Run run, IReadOnlyList<JournalEntry> fresh) => new(run, run.Kind == RotationSpec.Kind ? RotationJson.Read<RotationState>(run.State) : null, fresh);
}
