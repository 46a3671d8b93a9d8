namespace Fleet.Cli;

/// <summary>The exit codes of every command.</summary>
public static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>The run failed or was cancelled.</summary>
    public const int Failed = 1;

    /// <summary>Refused before anything changed: input, permission, unreachable, expired credentials, no consent.</summary>
    public const int Refused = 2;

    /// <summary>The run stands and a person must act.</summary>
    public const int Stands = 3;
}
