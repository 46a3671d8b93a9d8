using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;
using Fleet.Service.Webhooks;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Tells the audit log's last hash to a receiver outside, signed; one that is away is tried again until the next hour's turn, and nothing waits for it.</summary>
internal sealed class AuditHook(AuditWebhook webhook, ISecrets secrets, OutgoingRules outgoing, TimeProvider wall, IReadOnlyList<TimeSpan>? pauses = null)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>Tells it, and tries again for up to 22 minutes.</summary>
    public async Task TellAsync(AuditEntry head, ILogger logger, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["kind"] = "audit-head", ["sequence"] = head.Sequence, ["hash"] = head.Hash, ["at"] = $"{head.At.UtcDateTime:O}" }.ToJsonString();
        using var http = new HttpMessageInvoker(OutgoingHandler.Create(outgoing));
        foreach (var pause in (pauses ?? Pauses).Append(TimeSpan.Zero))
        {
            try
            {
                await SignedWebhook.SendAsync(http, webhook.Url, secrets.Read(webhook.Secret), body, wall, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception failed) when (failed is HttpRequestException or SecretUnavailableException)
            {
                AuditLog.Unheard(logger, head.Sequence, webhook.Url.Host, failed.Message);
            }

            await Task.Delay(pause, wall, cancellationToken).ConfigureAwait(false);
        }
    }
}
