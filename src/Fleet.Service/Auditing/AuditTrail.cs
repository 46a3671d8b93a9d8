using Fleet.Core.Access;
using Fleet.Service.Http;
using Fleet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Auditing;

/// <summary>Writes down every change and every attempt that was refused, before the caller is answered: what cannot be written down is not told to have been done.</summary>
internal sealed class AuditTrail(IAuditStore store, TimeProvider wall, params IReadOnlyList<HeadReceiver> receivers)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly object Before = new();

    private static readonly object After = new();

    private static readonly object Parts = new();

    /// <summary>What is kept of a thing: a cluster's document has some hundred bytes.</summary>
    private const int LongestThing = 16 * 1024;

    private const int LongestPath = 500;

    public Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        if (Changes(http))
        {
            return ChangeAsync(http, next);
        }

        http.Response.OnStarting(() => http.GetEndpoint() is not null && http.Response.StatusCode is 401 or 403 ? RefusedReadAsync(http) : Task.CompletedTask);
        return next(http);
    }

    /// <summary>The answer is held back until the entry is written: these answers are short.</summary>
    private async Task ChangeAsync(HttpContext http, RequestDelegate next)
    {
        var (body, held) = (http.Response.Body, new MemoryStream());
        await using (held.ConfigureAwait(false))
        {
            http.Response.Body = held;
            try
            {
                await Problems.HandleAsync(http, next).ConfigureAwait(false);

                // Who asks too often would fill the log; what the database did not do it cannot write down.
                if (http.GetEndpoint() is not null && http.Response.StatusCode is not (429 or 503))
                {
                    await WriteAsync(http).ConfigureAwait(false);
                }
            }
            catch
            {
                http.Response.Clear();
                throw;
            }
            finally
            {
                http.Response.Body = body;
            }

            held.Position = 0;
            await held.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task RefusedReadAsync(HttpContext http)
    {
        try
        {
            await WriteAsync(http).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException)
        {
            // Nothing was done and nothing is shown: the refusal stands, and the service's log has it.
            AuditLog.Unwritten(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Fleet.Service"), $"{http.Request.Method} {Text((string)http.Request.Path, LongestPath)}", $"{http.Connection.RemoteIpAddress}");
        }
    }

    /// <summary>Remembers for the entry the thing as it was.</summary>
    public static void NoteBefore(HttpContext http, string? before) => http.Items[Before] = before;

    /// <summary>Remembers for the entry the thing as it was asked for.</summary>
    public static void NoteAfter(HttpContext http, string after) => http.Items[After] = after;

    /// <summary>Has the entry written as one for each of several things, as they were asked for.</summary>
    public static void NoteParts(HttpContext http, IEnumerable<(string Name, string After)> parts) =>
        http.Items[Parts] = parts.Select(part => new AuditPart(part.Name, part.After)).ToList();

    /// <summary>Remembers one of several things as it was.</summary>
    public static void NoteBefore(HttpContext http, string part, string? before)
    {
        foreach (var noted in ((List<AuditPart>)http.Items[Parts]!).Where(noted => noted.Name == part))
        {
            noted.Before = before;
        }
    }

    /// <summary>Tells the head's hash every hour, so that it is known outside of the database.</summary>
    public async Task TellAsync(ILogger logger, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var told = Task.CompletedTask;
            try
            {
                if (await store.HeadAsync(cancellationToken).ConfigureAwait(false) is { } head)
                {
                    AuditLog.Head(logger, head.Sequence, head.Hash);
                    told = Task.WhenAll(receivers.Select(tell => tell(head, logger, cancellationToken)));
                }
            }
#pragma warning disable CA1031 // Whatever the store fails with, the head is told again in an hour, and the service stops in order.
            catch (Exception away)
#pragma warning restore CA1031
            {
                AuditLog.Untold(logger, away);
            }

            await Task.WhenAll(told, Task.Delay(Hour, wall, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool Changes(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method) && (string?)http.Request.Query["dryRun"] != "true";

    private async Task WriteAsync(HttpContext http)
    {
        var entry = new AuditEntry
        {
            At = DateTimeOffset.FromUnixTimeMilliseconds(wall.GetUtcNow().ToUnixTimeMilliseconds()),
            Caller = http.Items[typeof(Caller)] is Caller caller ? caller.Described : "nobody",
            Source = $"{http.Connection.RemoteIpAddress}",
            Action = $"{http.Request.Method} {Text((string)http.Request.Path, LongestPath)}",
            Outcome = http.Items[typeof(ApiException)] is string code ? $"{http.Response.StatusCode} {code}" : $"{http.Response.StatusCode}",
            Before = Text(http.Items[Before]),
            After = Text(http.Items[After]),
        };

        var entries = http.Items[Parts] is List<AuditPart> parts
            ? parts.Select(part => entry with { Action = $"{entry.Action} {Text(part.Name, LongestPath)}", Before = Text(part.Before), After = Text(part.After) })
            : [entry];
        foreach (var one in entries)
        {
            // A caller who hangs up must not get past the log.
            await store.AppendAsync(one, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // PostgreSQL's text knows no NUL.
    private static string? Text(object? noted, int longest = LongestThing) => noted is string text ? text[..Math.Min(text.Length, longest)].Replace('\0', '\uFFFD') : null;
}
