using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Fleet.Service.Http;
using Microsoft.AspNetCore.Http;

namespace Fleet.Service.Runs;

/// <summary>A run's journal as it grows, as server-sent events (HTML Standard, "Server-sent events"); an event's id is the line's sequence number, from which a caller goes on after a break.</summary>
internal static class RunEvents
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task WriteAsync(HttpContext http, ServiceOptions options, Run run)
    {
        var after = After(http);
        var cancellation = http.RequestAborted;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);

        RunPhase? told = null;
        var beat = options.Connections.Wall.GetUtcNow();
        while (!cancellation.IsCancellationRequested)
        {
            var (now, seen) = (options.Connections.Wall.GetUtcNow(), (await options.Runs.GetAsync(run.Id, cancellation).ConfigureAwait(false))!);
            var lines = await options.Runs.JournalAsync(run.Id, after, cancellation).ConfigureAwait(false);
            foreach (var line in lines)
            {
                await http.Response.WriteAsync($"id: {line.Sequence}\nevent: journal\ndata: {RunDocument.Of(line).ToJsonString()}\n\n", cancellation).ConfigureAwait(false);
                after = line.Sequence;
            }

            if (told != seen.Phase)
            {
                told = seen.Phase;
                await http.Response.WriteAsync($"event: phase\ndata: {new JsonObject { ["phase"] = RunDocument.Name(seen.Phase) }.ToJsonString()}\n\n", cancellation).ConfigureAwait(false);
            }

            if (lines.Count > 0 || now - beat > Heartbeat)
            {
                await http.Response.WriteAsync(": still here\n\n", cancellation).ConfigureAwait(false);
                beat = now;
            }

            await http.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            if (seen.Phase.IsFinal())
            {
                return;
            }

            await Task.Delay(options.Interval, options.Connections.Wall, cancellation).ConfigureAwait(false);
        }
    }

    private static long After(HttpContext http)
    {
        var text = (string?)http.Request.Headers["Last-Event-ID"] ?? (string?)http.Request.Query["after"];
        return string.IsNullOrEmpty(text) ? 0
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
            : throw ApiException.Invalid([InputError.Argument("invalid-value", "Last-Event-ID", text, "a sequence number", $"Last-Event-ID is '{text}'; allowed: a sequence number of the run's journal")]);
    }
}
