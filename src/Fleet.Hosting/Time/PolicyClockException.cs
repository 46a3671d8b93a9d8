namespace Fleet.Hosting.Time;

/// <summary>The clock that policy time shall follow cannot be read.</summary>
/// <param name="message">Which clock, and why.</param>
/// <param name="inner">The cause.</param>
public sealed class PolicyClockException(string message, Exception? inner = null) : Exception(message, inner);
