using System.Text.Json.Nodes;
using Fleet.Service.Http;
using Fleet.Service.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Health;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
internal static class HealthRoutes
{
    private const string Fine = "ok";

    public static void Map(WebApplication app, ServiceOptions options, RunSupervisor supervisor)
    {
        app.MapGet("/healthz", http => Json.WriteAsync(http, 200, new JsonObject { ["status"] = Fine }));
        app.MapGet("/readyz", http => ReadyAsync(http, options, supervisor));
    }

    private static async Task ReadyAsync(HttpContext http, ServiceOptions options, RunSupervisor supervisor)
    {
        var checks = new Dictionary<string, string>
        {
            ["database"] = await DatabaseAsync(http, options).ConfigureAwait(false),
            ["runs"] = supervisor.Trouble ?? Fine,
        };
        var ready = checks.Values.All(check => check == Fine);
        await Json.WriteAsync(http, ready ? 200 : 503, new JsonObject
        {
            ["status"] = ready ? "ready" : "not ready",
            ["checks"] = new JsonObject(checks.Select(check => KeyValuePair.Create(check.Key, (JsonNode?)check.Value))),
        }).ConfigureAwait(false);
    }

    private static async Task<string> DatabaseAsync(HttpContext http, ServiceOptions options)
    {
        try
        {
            await options.Runs.GetAsync("none", http.RequestAborted).ConfigureAwait(false);
            return Fine;
        }
#pragma warning disable CA1031 // Whatever the store fails with, the service is not ready.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return "it does not answer; the log says why";
        }
    }
}
