using Fleet.Core.Access;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Puts the audit log's last hash where it is kept outside, under a name of its own; nothing waits for a place that is away.</summary>
internal sealed class HeadArchiving(IAuditArchive archive, TimeProvider wall, HeadTelling telling) : IDisposable
{
    /// <summary>Puts it, and tries again where that fails.</summary>
    public Task TellAsync(AuditEntry head, ILogger logger, CancellationToken cancellationToken)
    {
        // One name for all tries: one whose answer was lost has put it, and the next finds it there.
        var name = new AuditHead(head.Sequence, head.Hash).Name(wall.GetUtcNow());
        return telling.UntilToldAsync("bucket", archive.Place, head, () => archive.PutAsync(name, AuditHead.Document(head), cancellationToken), logger, cancellationToken);
    }

    public void Dispose() => archive.Dispose();
}
