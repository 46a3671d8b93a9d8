namespace Fleet.Core.Images.Builds;

/// <summary>A line that a builder said, without secrets.</summary>
/// <param name="At">Wall time.</param>
/// <param name="IsError">Whether it said it as an error.</param>
/// <param name="Text">The line.</param>
public sealed record BuildLine(DateTimeOffset At, bool IsError, string Text);
