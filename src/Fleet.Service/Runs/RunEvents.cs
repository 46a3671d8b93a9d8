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

    public static async Task WriteAsync(HttpContext http, ServiceOptions options, Run run, CancellationToken stopping)
    {
        var after = After(http);
        var cancellation = http.RequestAborted;
        if (await IsToldAsync(http, options, run, after).ConfigureAwait(false))
        {
            // What makes a browser stop asking again after the stream's end.
            http.Response.StatusCode = 204;
            return;
        }

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);

        RunPhase? told = null;
        var beat = options.Connections.Wall.GetUtcNow();
        while (!stopping.IsCancellationRequested)
        {
            // The phase is looked at before the journal, so that all lines of a run that has ended are told.
            var (now, seen) = (options.Connections.Wall.GetUtcNow(), (await options.Runs.GetAsync(run.Id, cancellation).ConfigureAwait(false))!);
            var lines = await options.Runs.JournalAsync(run.Id, after, cancellation).ConfigureAwait(false);
            foreach (var line in lines)
            {
                await http.Response.WriteAsync($"id: {line.Sequence}\nevent: journal\ndata: {RunDocument.Of(line).ToJsonString()}\n\n", cancellation).ConfigureAwait(false);
                (after, beat) = (line.Sequence, now);
            }

            if (told != seen.Phase)
            {
                (told, beat) = (seen.Phase, now);
                await http.Response.WriteAsync($"event: phase\ndata: {new JsonObject { ["phase"] = RunDocument.Name(seen.Phase) }.ToJsonString()}\n\n", cancellation).ConfigureAwait(false);
            }

            if (now - beat > Heartbeat)
            {
                await http.Response.WriteAsync(": nothing new\n\n", cancellation).ConfigureAwait(false);
                beat = now;
            }

            await http.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            if (seen.Phase.IsFinal())
            {
                return;
            }

            await Pauses.NextAsync(options, http, stopping).ConfigureAwait(false);
        }
    }

    private static async Task<bool> IsToldAsync(HttpContext http, ServiceOptions options, Run run, long after) =>
        after > 0 && run.Phase.IsFinal() && (await options.Runs.JournalAsync(run.Id, after, 1, http.RequestAborted).ConfigureAwait(false)).Count == 0;

    private static long After(HttpContext http)
    {
        var query = new QueryReader(http);
        var after = query.Number("after", 0, int.MaxValue, 0);
        query.Close();
        var text = (string?)http.Request.Headers["Last-Event-ID"];
        return string.IsNullOrEmpty(text) ? after
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last
            : throw ApiException.Invalid([InputError.Argument("invalid-value", "Last-Event-ID", text, "a sequence number", $"Last-Event-ID is '{text}'; allowed: a sequence number of the run's journal")]);
    }
}
