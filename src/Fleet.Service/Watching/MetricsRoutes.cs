using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Watching;

/// <summary><c>/metrics</c>, for Prometheus to scrape.</summary>
internal static class MetricsRoutes
{
    public static void Map(WebApplication app, MetricsCollector collector, ServiceGauges gauges) => app.MapGet("/metrics", http => WriteAsync(http, collector, gauges));

    private static async Task WriteAsync(HttpContext http, MetricsCollector collector, ServiceGauges gauges)
    {
        await gauges.LookAsync(http.RequestAborted).ConfigureAwait(false);
        var body = Encoding.UTF8.GetBytes(PrometheusText.Write(collector.Collect()));
        http.Response.ContentType = PrometheusText.MediaType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }
}
