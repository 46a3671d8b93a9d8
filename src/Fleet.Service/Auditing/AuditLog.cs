using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>What is logged of the audit log.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "audit log: entry {Sequence} has hash {Hash}")]
    public static partial void Head(ILogger logger, long sequence, string hash);
}
