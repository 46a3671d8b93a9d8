using Fleet.Core.Access;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;
using Fleet.Service.Webhooks;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Tells the audit log's last hash to a receiver outside, signed; nothing waits for one that is away.</summary>
internal sealed class AuditHook(AuditWebhook webhook, ISecrets secrets, OutgoingRules outgoing, TimeProvider wall, HeadTelling telling)
{
    /// <summary>Tells it, and tries again where that fails.</summary>
    public async Task TellAsync(AuditEntry head, ILogger logger, CancellationToken cancellationToken)
    {
        using var http = new HttpMessageInvoker(OutgoingHandler.Create(outgoing));
        await telling.UntilToldAsync(
            "webhook", webhook.Url.Host, head, () => SignedWebhook.SendAsync(http, webhook.Url, secrets.Read(webhook.Secret), AuditHead.Document(head), wall, cancellationToken), logger, cancellationToken).ConfigureAwait(false);
    }
}
