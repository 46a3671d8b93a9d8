using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>What is logged of the audit log.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "audit log: entry {Sequence} has hash {Hash}")]
    public static partial void Head(ILogger logger, long sequence, string hash);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "audit log: its last hash cannot be read and told; tried again in an hour")]
    public static partial void Untold(ILogger logger, Exception away);
}
