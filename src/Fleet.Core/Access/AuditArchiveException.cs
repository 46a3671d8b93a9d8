namespace Fleet.Core.Access;

/// <summary>A head of the audit log could not be put outside.</summary>
public sealed class AuditArchiveException(string message, Exception? inner = null) : Exception(message, inner);
