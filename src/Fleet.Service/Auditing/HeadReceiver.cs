using Fleet.Core.Access;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Tells the audit log's last hash somewhere outside, and returns when that is done or given up.</summary>
internal delegate Task HeadReceiver(AuditEntry head, ILogger logger, CancellationToken cancellationToken);
