namespace Fleet.Core.Joining;

/// <summary>A join token cannot be kept fresh, for a reason that a person must see to.</summary>
/// <param name="message">What is wrong and what cures it; never a secret.</param>
public sealed class JoinTokenException(string message) : Exception(message);
