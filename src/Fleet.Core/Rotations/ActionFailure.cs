namespace Fleet.Core.Rotations;

/// <summary>The last try of an action did not succeed. Kept in memory only: after a crash an action is simply tried again.</summary>
/// <param name="Code">Stable code: of <see cref="CloudRefusedException"/>, of the cluster, or of an eviction (<c>blocked</c>, <c>two-budgets</c>, <c>refused</c>, <c>throttled</c>, <c>failed</c>).</param>
/// <param name="Message">What the service said.</param>
/// <param name="NotBefore">When it may be tried again, jitter included.</param>
/// <param name="Tries">Tries so far.</param>
/// <param name="Permanent">Whether waiting cannot cure it.</param>
public sealed record ActionFailure(string Code, string Message, DateTimeOffset NotBefore, int Tries, bool Permanent)
{
    /// <summary>Code of a write that was not made since what it would have overwritten is no longer what was seen.</summary>
    public const string Changed = "changed";

    /// <summary>Whether the write may have been made; false where it is known that it never was. Default: true.</summary>
    public bool Made { get; init; } = true;
}
