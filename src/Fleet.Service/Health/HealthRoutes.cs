using System.Text.Json.Nodes;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Health;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
internal static class HealthRoutes
{
    public static void Map(WebApplication app, ServiceOptions options)
    {
        app.MapGet("/healthz", http => Json.WriteAsync(http, 200, new JsonObject { ["status"] = "ok" }));
        app.MapGet("/readyz", http => ReadyAsync(http, options));
    }

    private static async Task ReadyAsync(HttpContext http, ServiceOptions options)
    {
        try
        {
            await options.Runs.GetAsync("none", http.RequestAborted).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever the store fails with, the service is not ready.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            await Json.WriteAsync(http, 503, new JsonObject { ["status"] = "not ready", ["database"] = "it does not answer" }).ConfigureAwait(false);
            return;
        }

        await Json.WriteAsync(http, 200, new JsonObject { ["status"] = "ready", ["database"] = "ok" }).ConfigureAwait(false);
    }
}
