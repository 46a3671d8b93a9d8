namespace Fleet.Core.Rotations;

/// <summary>A raise of desired that was decided and not yet seen.</summary>
/// <param name="From">Desired when it was decided.</param>
/// <param name="To">Desired as it shall be.</param>
/// <param name="At">When it was decided.</param>
public sealed record PendingRaise(int From, int To, DateTimeOffset At);
