namespace Fleet.Core.Rotations;

/// <summary>A scaling activity: the only place where a lack of capacity shows.</summary>
/// <param name="Id">Id.</param>
/// <param name="Started">Start.</param>
/// <param name="StatusCode"><c>Successful</c>, <c>InProgress</c>, <c>Failed</c>, <c>Cancelled</c> …</param>
/// <param name="StatusMessage">What AWS says of a failure.</param>
/// <param name="Cause">Who wanted it.</param>
public sealed record ScalingActivity(string Id, DateTimeOffset Started, string StatusCode, string? StatusMessage, string Cause);
