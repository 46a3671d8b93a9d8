using Microsoft.Extensions.Logging;

namespace Fleet.Service.Notifications;

/// <summary>What is logged of notifications.</summary>
internal static partial class NotifierLog
{
    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "Notification {Notification} of {Event} of run {Run} was not taken at try {Try}: {Why}")]
    public static partial void Retried(ILogger logger, string notification, string @event, string run, int @try, string why);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Notification {Notification} of {Event} of run {Run} is given up after {Try} tries: {Why}")]
    public static partial void GivenUp(ILogger logger, string notification, string @event, string run, int @try, string why);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Error, Message = "Looking for news of runs failed")]
    public static partial void LookFailed(ILogger logger, Exception failure);
}
