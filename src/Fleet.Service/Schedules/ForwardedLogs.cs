using Microsoft.Extensions.Logging;

namespace Fleet.Service.Schedules;

/// <summary>Has what Quartz logs written with the service's own log.</summary>
internal sealed class ForwardedLogs(ILoggerFactory logs) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => logs.CreateLogger(categoryName);

    public void Dispose()
    {
        // The log is the service's.
    }
}
