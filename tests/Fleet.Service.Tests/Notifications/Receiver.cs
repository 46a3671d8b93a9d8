using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Service.Tests.Notifications;

/// <summary>Takes notifications, and answers as a test wishes.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, IHeaderDictionary Headers, byte[] Body)> _got = new();

    private Receiver(Func<int, Task<int>> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _got.Enqueue((http.Request.Path, new HeaderDictionary(http.Request.Headers.ToDictionary()), body.ToArray()));
            http.Response.StatusCode = await answer(_got.Count);
        });
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyCollection<(string Path, IHeaderDictionary Headers, byte[] Body)> Got => _got;

    public IEnumerable<JsonNode> Bodies => _got.Select(one => JsonNode.Parse(one.Body)!);

    /// <param name="answer">The status for the request of a number, from 1.</param>
    public static async Task<Receiver> StartAsync(Func<int, Task<int>> answer)
    {
        var receiver = new Receiver(answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async Task UntilAsync(Func<Receiver, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!so(this))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A request that a test never answers must not keep it.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
