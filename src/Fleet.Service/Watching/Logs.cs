using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Fleet.Service.Watching;

/// <summary>The service's log: on standard error, Fleet's own lines from information on, others' from warnings on.</summary>
internal static class Logs
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";

    public static void AddTo(WebApplicationBuilder builder, LogFormat format)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Fleet", LogLevel.Information);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (format == LogFormat.Json)
        {
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, Instant.TrimEnd()));
        }
        else
        {
            builder.Logging.AddSimpleConsole(text => (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat) = (true, true, Instant));
        }
    }
}
