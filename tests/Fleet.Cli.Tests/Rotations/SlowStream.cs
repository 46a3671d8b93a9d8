using System.Net;
using Fleet.Core.Runs;
using Fleet.Hosting.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>A server whose run has ended before its stream of events tells so: the last line comes only after the run was read once more.</summary>
internal sealed class SlowStream : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;
    private volatile bool _streams;

    private SlowStream()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapGet("/v1/runs/{run}", ReadAsync);
        _app.MapGet("/v1/runs/{run}/events", EventsAsync);
    }

    /// <summary>The run's id.</summary>
    public static string Id => "20260302t020000z-aaaaaa";

    public string Url => _app.Urls.Single();

    public static async Task<SlowStream> StartAsync()
    {
        var server = new SlowStream();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task ReadAsync(HttpContext http)
    {
        var run = new Run { Id = Id, Kind = "imageSweep", Cluster = Run.NoCluster, Pool = Run.AllRecipes, Spec = "{}", State = "{}", Phase = _streams ? RunPhase.Succeeded : RunPhase.Running, Created = Now, Updated = Now };
        if (_streams)
        {
            http.Response.OnCompleted(() =>
            {
                _seen.TrySetResult();
                return Task.CompletedTask;
            });
        }

        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(RunDocument.Full(run, null, []).ToJsonString());
    }

    private async Task EventsAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.WriteAsync("event: phase\ndata: {\"phase\":\"running\"}\n\n");
        await http.Response.Body.FlushAsync();
        _streams = true;
        await _seen.Task.WaitAsync(http.RequestAborted);
        var line = new JournalEntry(Now, "deprecated", "ami-1", "the line that came last", null, 1);
        await http.Response.WriteAsync($"id: 1\nevent: journal\ndata: {RunDocument.Of(line).ToJsonString()}\n\nevent: phase\ndata: {{\"phase\":\"succeeded\"}}\n\n");
    }
}
