using Fleet.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Runs;

/// <summary>What is logged of the runs that are driven here.</summary>
internal static partial class SupervisorLog
{
    [LoggerMessage(EventId = 2000, Level = LogLevel.Error, Message = "Looking for runs failed")]
    public static partial void LookFailed(ILogger logger, Exception failure);

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "Run {Run} was lost: {Why}")]
    public static partial void Lost(ILogger logger, string run, string why);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "Run {Run} cannot be driven now: {Why}")]
    public static partial void NotReached(ILogger logger, string run, string why);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Driving run {Run} failed")]
    public static partial void DriveFailed(ILogger logger, string run, Exception bug);

    [LoggerMessage(EventId = 2004, Level = LogLevel.Information, Message = "Run {Run} on {Cluster}/{Pool} is driven here")]
    public static partial void Driven(ILogger logger, string run, string cluster, string? pool);

    [LoggerMessage(EventId = 2005, Message = "Run {Run} on {Cluster}/{Pool} rests: {Phase}. {Why}")]
    public static partial void Rests(ILogger logger, LogLevel level, string run, string cluster, string? pool, RunPhase phase, string why);
}
