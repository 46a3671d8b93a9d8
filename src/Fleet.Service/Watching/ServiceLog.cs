using Microsoft.Extensions.Logging;

namespace Fleet.Service.Watching;

/// <summary>What is logged of the service itself.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(EventId = 900, Level = LogLevel.Information, Message = "Fleet {Version} serves at {Address} as {Replica}")]
    public static partial void Started(ILogger logger, string version, Uri address, string replica);

    [LoggerMessage(EventId = 901, Level = LogLevel.Information, Message = "No run is driven here any more; the service stops")]
    public static partial void Stopped(ILogger logger);
}
