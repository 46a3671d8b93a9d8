namespace Fleet.Core.Hooks;

/// <summary>A hook could not be asked, or did not do as asked.</summary>
/// <param name="code">One of the codes of this class.</param>
/// <param name="message">What happened, with the hook's name; never a secret.</param>
/// <param name="inner">The cause.</param>
public sealed class HookFailedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The settings have no hook of that name; another try helps only when they do.</summary>
    public const string Unknown = "unknown-hook";

    /// <summary>The command failed, timed out, or answered what is no value.</summary>
    public const string Failed = "hook-failed";

    /// <summary>Stable code.</summary>
    public string Code => code;
}
