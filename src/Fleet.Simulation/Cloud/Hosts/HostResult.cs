namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>What a script on a host left.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code; -1 where it has none.</param>
/// <param name="Output">Its standard output, at most as much as SSM keeps of it.</param>
/// <param name="Errors">Its standard error, likewise.</param>
public sealed record HostResult(HostEnd End, int ExitCode, string Output, string Errors)
{
    /// <summary>A script that has ended by itself.</summary>
    public static HostResult Exited(int code, string output = "", string errors = "") => new(HostEnd.Exited, code, output, errors);
}
