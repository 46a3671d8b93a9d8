using Fleet.Core.Access;
using Fleet.Core.Telemetry;
using Fleet.Hosting.Settings;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Tells a head of the audit log outside; a receiver that is away is tried again for up to 22 minutes, within the hour until the next one's turn.</summary>
/// <param name="wall">The wall clock.</param>
/// <param name="pauses">Before each further try; null: the usual ones.</param>
internal sealed class HeadTelling(TimeProvider wall, IReadOnlyList<TimeSpan>? pauses = null)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <param name="target">What kind of receiver it is.</param>
    /// <param name="place">Which one.</param>
    /// <param name="head">The head.</param>
    /// <param name="tell">Tells it once.</param>
    /// <param name="logger">Takes what failed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UntilToldAsync(string target, string place, AuditEntry head, Func<Task> tell, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var pause in (pauses ?? Pauses).Append(TimeSpan.Zero))
        {
            try
            {
                await tell().ConfigureAwait(false);
                FleetMetrics.AuditHeads.Add(1, new("target", target), new("outcome", "told"));
                return;
            }
            catch (Exception failed) when (failed is HttpRequestException or SecretUnavailableException or AuditArchiveException)
            {
                FleetMetrics.AuditHeads.Add(1, new("target", target), new("outcome", "failed"));
                AuditLog.Unheard(logger, head.Sequence, place, failed.Message);
            }

            await Task.Delay(pause, wall, cancellationToken).ConfigureAwait(false);
        }
    }
}
