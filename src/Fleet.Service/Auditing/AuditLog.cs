using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>What is logged of the audit log.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(EventId = 1100, Level = LogLevel.Information, Message = "audit log: entry {Sequence} has hash {Hash}")]
    public static partial void Head(ILogger logger, long sequence, string hash);

    [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "audit log: its last hash cannot be read and told; tried again in an hour")]
    public static partial void Untold(ILogger logger, Exception away);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "audit log: the hash of entry {Sequence} was not told to {Place}: {Why}")]
    public static partial void Unheard(ILogger logger, long sequence, string place, string why);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "audit log: the database is away; refused and not written down: {Action} from {Source}")]
    public static partial void Unwritten(ILogger logger, string action, string source);
}
