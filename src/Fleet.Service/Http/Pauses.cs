using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Http;

/// <summary>The pause between two looks of a request that follows something.</summary>
internal static class Pauses
{
    /// <summary>Waits for the next look; ends early when the service stops, so that nobody who follows keeps it from that.</summary>
    public static async Task NextAsync(ServiceOptions options, HttpContext http, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        try
        {
            await Task.Delay(options.Interval, options.Connections.Wall, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The service stops: the caller gets what there is.
        }
    }
}
