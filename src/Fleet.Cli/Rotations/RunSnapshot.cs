using Fleet.Core.Rotations;
using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>A run as it is stored, for a display.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">Its state.</param>
/// <param name="Fresh">Journal lines since the snapshot before.</param>
internal sealed record RunSnapshot(Run Run, RotationState State, IReadOnlyList<JournalEntry> Fresh);
