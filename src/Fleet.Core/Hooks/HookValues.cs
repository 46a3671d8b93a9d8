namespace Fleet.Core.Hooks;

/// <summary>What a place can hold.</summary>
public static class HookValues
{
    /// <summary>Characters at most.</summary>
    public const int Longest = 1024;

    /// <summary>Whether a text is one line of printable characters, or nothing.</summary>
    public static bool Accepts(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length <= Longest && !value.Any(char.IsControl);
    }
}
