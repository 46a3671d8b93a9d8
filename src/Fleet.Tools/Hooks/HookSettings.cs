using System.Collections.Immutable;

namespace Fleet.Tools.Hooks;

/// <summary>A hook as an admin settled it.</summary>
public sealed record HookSettings
{
    /// <summary>How long a command may take that was given no <see cref="Timeout"/>.</summary>
    public static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The program's path and its first arguments; <c>read</c> or <c>write</c> follows.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>How long it may take, 1 s to 10 min. Default 1 min.</summary>
    public TimeSpan Timeout { get; init; } = UsualTimeout;

    /// <summary>Environment variables beside those that Fleet sets. Default none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables that hold secrets, with the secrets' names. Default none.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
