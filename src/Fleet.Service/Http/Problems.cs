using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Http;

/// <summary>Errors as problem details (RFC 9457) with a stable code, and every error of the input with field, value and what is allowed.</summary>
internal static partial class Problems
{
    private const int LongestEcho = 1000;
    private const int MostErrors = 100;

    public static async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http).ConfigureAwait(false);
            if (http.Response is { HasStarted: false, StatusCode: 404 } && http.GetEndpoint() is null)
            {
                await WriteAsync(http, new ApiException(404, "unknown-path", $"there is nothing at {http.Request.Path}; /openapi/v1.json lists what there is")).ConfigureAwait(false);
            }
            else if (http.Response is { HasStarted: false, StatusCode: 405 })
            {
                await WriteAsync(http, new ApiException(405, "method-not-allowed", $"{http.Request.Method} is not allowed here; allowed: {http.Response.Headers.Allow}")).ConfigureAwait(false);
            }
        }
        catch (ApiException refused)
        {
            await WriteAsync(http, refused).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException)
        {
            http.Response.Headers.RetryAfter = "5";
            await WriteAsync(http, new ApiException(503, "database-unavailable", "the database does not serve now; what was recorded stands, and whether this request is among it is seen when it is repeated (orders: under the same Idempotency-Key)")).ConfigureAwait(false);
        }
        catch (BadHttpRequestException bad)
        {
            await WriteAsync(http, new ApiException(bad.StatusCode, bad.StatusCode == 413 ? "too-large" : "bad-request", bad.Message)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to tell.
        }
#pragma warning disable CA1031 // The caller gets a number, the log what happened: a message may hold what is not the caller's to know.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            Log.Failed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Fleet.Service"), http.Request.Method, http.Request.Path, http.TraceIdentifier, bug);
            await WriteAsync(http, new ApiException(500, "internal", $"the service failed; its log has it under {http.TraceIdentifier}")).ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(HttpContext http, ApiException refused)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        http.Items[typeof(ApiException)] = refused.Code;
        var problem = new JsonObject { ["type"] = $"urn:fleet:problem:{refused.Code}", ["title"] = Title(refused.Status), ["status"] = refused.Status, ["code"] = refused.Code, ["detail"] = Short(refused.Message) };
        if (refused.Errors.Count > 0)
        {
            problem["errors"] = new JsonArray([.. refused.Errors.Take(MostErrors).Select(Of)]);
        }

        foreach (var (name, value) in refused.More)
        {
            problem[name] = value?.DeepClone();
        }

        return Json.WriteAsync(http, refused.Status, problem, "application/problem+json");
    }

    private static JsonObject Of(InputError error)
    {
        var json = new JsonObject { ["code"] = error.Code, ["field"] = Short(error.Field), ["value"] = Short(error.Value), ["allowed"] = error.Allowed, ["message"] = Short(error.Message) };
        if (error.Line > 0)
        {
            (json["line"], json["column"]) = (error.Line, error.Column);
        }

        return json;
    }

    /// <summary>A caller knows what it sent: of what is long the beginning will do.</summary>
    private static string? Short(string? text) => text is { Length: > LongestEcho } ? $"{text.AsSpan(0, LongestEcho)}…" : text;

    private static string Title(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1000, Level = LogLevel.Error, Message = "{Method} {Path} failed ({Trace})")]
        public static partial void Failed(ILogger logger, string method, string path, string trace, Exception bug);
    }
}
